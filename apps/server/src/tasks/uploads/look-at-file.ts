import { createInterface } from 'node:readline'
import { Fault, mapFile } from '@longshore/core'
import type { Catalog, ColumnProfile, ImportDefinition, ObjectType, Proposal, RawRow, ReadSettings, SourceLayout } from '@longshore/core'
import type { Workspace } from '../../open-workspace.ts'
import { readSettings } from '../import/create-import.ts'
import { settleColumns } from '../import/settle-columns.ts'
import { lookThrough, profiledForMap } from '../parser/detect-file.ts'
import { runParser } from '../parser/run-parser.ts'

/** Rows that a preview shows. */
export const previewRows = 10
/** Rows that samples of a column come from. */
export const sampledRows = 200
const samplesOfColumn = 3

export interface ColumnInSight extends Proposal { samples: string[]; filled: number | null; distinct: number | null }
export interface FileReading { layout: SourceLayout; rows: RawRow[] }

/** The first rows of a file. Read by the child, as an import reads. */
export async function firstRows(path: string, fileName: string, settings: ReadSettings, limit: number): Promise<FileReading> {
  let layout: SourceLayout | null = null
  const parser = await runParser(path, { task: 'read', fileName, settings, limit, numbered: true }, (report) => { if (report.kind === 'layout') layout = report.layout })
  parser.issues().resume()
  const rows: RawRow[] = []
  try {
    for await (const line of createInterface({ input: parser.rows() })) rows.push(JSON.parse(line) as RawRow) // the child prints what it has read itself
    await parser.ended
  } finally { parser.kill() }
  if (layout === null) throw new Fault('parser.broken', 'The file could not be read. This is an error in Longshore.')
  return { layout, rows }
}

/** What becomes of each column by the definition and by what is proposed, and what it holds. */
export async function columnsInSight(workspace: Workspace, { catalog, object }: { catalog: Catalog; object: ObjectType }, path: string, name: string, definition: ImportDefinition): Promise<ColumnInSight[]> {
  const [{ layout, profiles }, { rows }] = [await lookThrough(path, readSettings(definition), profiledForMap, name), await firstRows(path, name, readSettings(definition), sampledRows)]
  const { definition: settled, ...memory } = await settleColumns(workspace, catalog, object, definition, layout.columns)
  return mapFile({ catalog, object, columns: layout.columns, profiles, memberEmails: (await workspace.members()).map(({ email }) => email) }, settled, memory).map((proposal) => inSight(proposal, rows, profiles[proposal.position]))
}

function inSight(proposal: Proposal, rows: readonly RawRow[], profile: ColumnProfile | undefined): ColumnInSight {
  const cells = rows.flatMap((row) => { const cell = row.cells[proposal.position]?.trim(); return cell ? [cell] : [] })
  return { ...proposal, samples: [...new Set(cells)].slice(0, samplesOfColumn), filled: rows.length === 0 ? null : cells.length / rows.length, distinct: profile && profile.sampled > 0 ? profile.distinct : null }
}
