import type { SourceLayout } from '@longshore/core'
import { detectLayout, memorySource } from '@longshore/formats'

/**
 * How the lines of `recordLines` are laid out: the first one, which we have written, says all of it. To start a process that looks at the file
 * would take longer than a few records do. Null where it cannot be told from that line alone.
 */
export async function layoutOfLines(lines: Iterable<string>, fileName: string): Promise<SourceLayout | null> {
  const [first = ''] = lines
  // of a record that is too large the reader tells beside its row
  return detectLayout(memorySource(Buffer.from(first)), { fileName, settings: { format: 'ndjson' } }).catch(() => null)
}
