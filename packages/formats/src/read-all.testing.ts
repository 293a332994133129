import type { LayoutWarning, RawRow, ReadSettings, SourceLayout } from '@longshore/core'
import { detectLayout, readRows } from './formats.ts'
import { memorySource } from './memory-source.ts'

export interface ReadAll { layout: SourceLayout; rows: RawRow[]; warnings: LayoutWarning[] }

/** A file in memory, detected and read, in pieces of `pieceBytes`. */
export async function readAll(content: string | Uint8Array, settings: ReadSettings = {}, fileName?: string, pieceBytes = Infinity): Promise<ReadAll> {
  const source = memorySource(typeof content === 'string' ? Buffer.from(content) : content, pieceBytes)
  const layout = await detectLayout(source, { settings, ...(fileName === undefined ? {} : { fileName }) })
  const rows: RawRow[] = []
  const warnings = [...layout.warnings]
  for await (const batch of readRows(source, layout, { warn: (warning) => warnings.push(warning) })) rows.push(...batch)
  return { layout, rows, warnings }
}
