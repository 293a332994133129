import { Fault, PhoneEvidence, profileColumn, ValueSample } from '@longshore/core'
import type { ColumnProfile, SourceLayout } from '@longshore/core'
import { detectLayout, readRows } from '@longshore/formats/read'
import type { ChildStreams } from './child.ts'
import { countedSource } from './counted-source.ts'
import type { ParserRequest } from './parser-request.ts'

/** Finds out how the file is read and, when asked, what its columns hold: shares of kinds leave this process, no sentence of the file. */
export async function detectTask({ fileName, settings, profileBytes }: Extract<ParserRequest, { task: 'detect' }>, streams: ChildStreams): Promise<void> {
  const layout = await detectLayout(streams.source, { fileName, settings })
  streams.report({ kind: 'layout', layout, profiles: profileBytes === undefined ? [] : await profilesOf(layout, streams, profileBytes) })
  await streams.out.end()
}

/** A profile for each column, from a sample over the first `bytes` of the file. A file that cannot be read that far says so when it is imported. */
async function profilesOf(layout: SourceLayout, streams: ChildStreams, bytes: number): Promise<ColumnProfile[]> {
  const source = countedSource(streams.source)
  const sample = new ValueSample()
  try {
    for await (const batch of readRows(source, layout)) {
      for (const { row, cells } of batch) sample.add(row, cells)
      if (source.bytesRead > bytes) break
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  return sample.values(layout.columns.length).map(withPhones)
}

/** Share of cells from which a column is one of telephone numbers, as far as their country is asked for. */
const mostlyPhones = 0.5

function withPhones(values: readonly string[]): ColumnProfile {
  const profile = profileColumn(values)
  if ((profile.shares.phone ?? 0) < mostlyPhones) return profile
  const evidence = new PhoneEvidence()
  for (const [i, value] of values.entries()) evidence.see(value, i, null)
  return evidence.homeless === 0 ? profile : { ...profile, phones: { home: evidence.home() } }
}
