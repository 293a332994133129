import { stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Fault, mapFile } from '@longshore/core'
import type { Catalog, ColumnProfile, ImportDefinition, ObjectType, Proposal, RawRow, ReadSettings, SourceLayout } from '@longshore/core'
import { keptOfFile } from '../../kept-look.ts'
import type { Workspace } from '../../open-workspace.ts'
import { openAt, openingCheck, rowsToLookAt } from '../import/opening-check.ts'
import { settleColumns } from '../import/settle-columns.ts'
import { lookThrough, profiledForMap } from '../parser/detect-file.ts'
import type { LookedThrough } from '../parser/detect-file.ts'
import { runParser } from '../parser/run-parser.ts'

/** Rows that a preview shows. */
export const previewRows = 10
/** Rows that samples of a column come from. */
export const sampledRows = 200
const samplesOfColumn = 3

/** `open`: why the check would stop at the column, used as proposed, until somebody says how it is read. */
export interface ColumnInSight extends Proposal { samples: string[]; filled: number | null; distinct: number | null; open: string | null }
export interface FileReading { layout: SourceLayout; rows: RawRow[] }

/** A file of the store, and how it is to be read. */
export interface FileInStore { id: string; path: string; name: string; settings: ReadSettings }

/** `fault`: why the rows end before they should. */
interface Opening extends FileReading { fault: Fault | null }

/** The first rows of a file, looked up once for each way to read it. */
export async function firstRows(workspace: Workspace, file: FileInStore, limit: number): Promise<FileReading> {
  const { fault, ...reading } = await openingOf(workspace, file, limit)
  if (fault !== null) throw fault
  return reading
}

/** How a file is laid out, which a file can say whose rows cannot be read. */
export async function layoutOf(workspace: Workspace, file: FileInStore): Promise<SourceLayout> {
  return (await openingOf(workspace, file, previewRows)).layout
}

/** How a file is laid out, and what its columns hold as far as `map` looks: the most costly look, which every step of a draft shares. */
export function profilesOf(workspace: Workspace, file: FileInStore): Promise<LookedThrough> {
  return keptWhileThere(workspace, file, 'profiles', () => lookThrough(file.path, file.settings, profiledForMap, file.name))
}

function openingOf(workspace: Workspace, file: FileInStore, limit: number): Promise<Opening> {
  return keptWhileThere(workspace, file, limit, () => readOpening(file, limit))
}

/** Of a file that was removed nothing is shown any more: the look itself says that it is gone. The order in which settings are named says nothing. */
async function keptWhileThere<Look>(workspace: Workspace, { id, path, name, settings }: FileInStore, what: string | number, look: () => Promise<Look>): Promise<Look> {
  const isThere = await stat(path).then((found) => found.isFile(), () => false)
  return isThere ? keptOfFile(workspace, id, [what, name, Object.entries(settings).sort(([one], [other]) => (one < other ? -1 : 1))], look) : look()
}

/** Read by the child, as an import reads. */
export async function readOpening({ path, name, settings }: Omit<FileInStore, 'id'>, limit: number): Promise<Opening> {
  let layout: SourceLayout | null = null
  const parser = await runParser(path, { task: 'read', fileName: name, settings, limit, numbered: true }, (report) => { if (report.kind === 'layout') layout = report.layout })
  parser.issues().resume()
  const rows: RawRow[] = []
  let fault: Fault | null = null
  try {
    for await (const line of createInterface({ input: parser.rows() })) rows.push(JSON.parse(line) as RawRow) // the child prints what it has read itself
    await parser.ended
  } catch (error) {
    if (layout === null || !(error instanceof Fault) || error.code.startsWith('parser.')) throw error // nothing that the file says; another try may end well
    fault = error
  } finally { parser.kill() }
  if (layout === null) throw new Fault('parser.broken', 'The file could not be read. This is an error in Longshore.')
  return { layout, rows, fault }
}

/** What becomes of each column by the definition and by what is proposed, and what it holds. */
export async function columnsInSight(workspace: Workspace, { catalog, object }: { catalog: Catalog; object: ObjectType }, file: FileInStore, definition: ImportDefinition): Promise<ColumnInSight[]> {
  const [{ layout, profiles }, { rows }] = await Promise.all([profilesOf(workspace, file), firstRows(workspace, file, sampledRows)])
  const { definition: settled, ...memory } = await settleColumns(workspace, catalog, object, definition, layout.columns)
  const begun = await openingCheck(workspace, { catalog, object, definition: { ...definition, match: [], operation: 'insert' } }, layout, profiles, rowsToLookAt(rows)).catch((error: unknown) => {
    if (error instanceof Fault) return null // a definition that cannot be carried out yet says so when it is to be
    throw error
  })
  return mapFile({ catalog, object, columns: layout.columns, profiles, memberEmails: (await workspace.members()).map(({ email }) => email) }, settled, memory)
    .map((proposal) => ({ ...inSight(proposal, rows, profiles[proposal.position]), open: begun && openAt(begun, proposal.position, proposal.header) }))
}

function inSight(proposal: Proposal, rows: readonly RawRow[], profile: ColumnProfile | undefined): Omit<ColumnInSight, 'open'> {
  const cells = rows.flatMap((row) => { const cell = row.cells[proposal.position]?.trim(); return cell ? [cell] : [] })
  return { ...proposal, samples: [...new Set(cells)].slice(0, samplesOfColumn), filled: rows.length === 0 ? null : cells.length / rows.length, distinct: profile && profile.sampled > 0 ? profile.distinct : null }
}
