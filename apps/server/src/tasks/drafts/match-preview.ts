import { createHash } from 'node:crypto'
import { Fault, matchParts, storeMapping, takesAway } from '@longshore/core'
import type { ImportDefinition, Mapping, ObjectType, RowKey } from '@longshore/core'
import { plannedReferences, previewMatches } from '@longshore/store'
import type { Job, LookedRows, MatchPreview } from '@longshore/store'
import { keptOfRecords } from '../../kept-look.ts'
import type { Workspace } from '../../open-workspace.ts'
import { momentOfJob, sourceOf, wantedObject, type CompiledImport } from '../import/create-import.ts'
import { settleCheck } from '../import/settle-check.ts'
import { settleMapping } from '../import/settle-mapping.ts'
import type { CheckRequest } from '../parser/parser-request.ts'
import { runCheck } from '../parser/run-check.ts'
import { profilesOf } from '../uploads/look-at-file.ts'
import { inTurn } from './in-turn.ts'

/** Rows that are looked at before the rows of a file are checked: from its beginning. */
const sampleRows = 20_000

/** `sample`: only the file's first rows were looked at, and it has as many or more. */
export interface DraftMatches extends MatchPreview { sample: boolean }

/**
 * What rows of a draft meet by criteria, which need not be the draft's own: of all rows where they are checked and carry these keys,
 * else of the file's first ones, checked by the check itself. Changes nothing; the plan decides row by row and may say more. It reads a file and many records, so there is one
 * at a time for each draft, kept for as long as no record changes, which ends when `signal` says that nobody waits for it.
 */
export async function matchPreview(workspace: Workspace, job: Job, match: readonly (readonly string[])[] | undefined, signal?: AbortSignal): Promise<DraftMatches> {
  return inTurn(workspace.db, `matches ${workspace.organization.id} ${job.number}`, () => look(workspace, job, match, signal).catch((error: unknown) => {
    signal?.throwIfAborted() // what was ended half-way says so in its own ways
    throw error
  }), signal)
}

async function look(workspace: Workspace, job: Job, match: readonly (readonly string[])[] | undefined, signal: AbortSignal | undefined): Promise<DraftMatches> {
  const given = job.definition as ImportDefinition
  const wanted = await wantedObject(workspace, match === undefined ? given : { ...given, match: match.map((parts) => [...parts]) })
  const file = sourceOf(workspace, job, given)
  const { layout, profiles } = await profilesOf(workspace, file) // gone through with where nobody waits any more: the next one will not have to
  signal?.throwIfAborted()
  const settled = await settleMapping(workspace, wanted, layout.columns, profiles)
  const { settings } = await settleCheck(workspace, settled, layout, momentOfJob())
  const { object, definition, mapping, keys } = settled
  // without criteria it is about what rows refer to
  if (definition.match.length === 0 && !mapping.targets.some(({ reference }) => reference !== null)) throw new Fault('match-missing', 'There is no criterion by which records could be found. Name some: match=email,phone', { path: 'match' })
  const criteria = keys.slice(0, new Set(definition.match.map((criterion) => matchParts(object, criterion).sort().join('+'))).size)
  const stored = storeMapping(mapping, keys, criteria.length)
  const request: CheckRequest = { task: 'check', job: job.number, layout, catalog: settled.catalog, definition, stored, settings, keepSource: false, fixes: [], limitRows: sampleRows }
  // what a mapping comes of (saved mappings, earlier decisions, habits) may change without the draft
  const how = createHash('sha256').update(JSON.stringify([definition, stored, { ...settings, now: null }])).digest('base64')
  return keptOfRecords(workspace.db.reading(workspace.organization), workspace, ['matches', job.number, job.version, how], () => meet(workspace, job, file.path, request, { object, criteria, mapping, keys }, signal))
}

async function meet({ db, organization }: Workspace, job: Job, path: string, request: CheckRequest, { object, criteria, mapping, keys }: { object: ObjectType; criteria: RowKey[]; mapping: Mapping; keys: RowKey[] }, signal: AbortSignal | undefined): Promise<DraftMatches> {
  const { catalog, definition } = request
  const met = (rows: LookedRows, carried: RowKey[]): Promise<MatchPreview> => db.transaction(organization, (tx) => previewMatches(tx, organization, { catalog, object, criteria, restoreBinned: definition.restoreBinned && !takesAway(definition.operation), rows, looked: { references: takesAway(definition.operation) ? [] : plannedReferences(mapping, carried), keys: carried } }), { ...(signal === undefined ? {} : { signal }), settings: { statement_timeout: '20s', work_mem: '64MB' } })

  if (job.checkpoint.staged === true && carries(job.compiled as CompiledImport, criteria.map(({ criterion }) => criterion))) return { ...await met({ kind: 'staged', job: job.number }, (job.compiled as CompiledImport).mapping.keys), sample: false }

  const running = await runCheck(path, 0, request, () => undefined)
  signal?.addEventListener('abort', running.kill)
  try {
    signal?.throwIfAborted()
    const [output] = running.outputs
    if (output === undefined) throw new Fault('parser.broken', 'The file could not be read. This is an error in Longshore.')
    output.issues().resume()
    const [found, { rows }] = await Promise.all([met({ kind: 'lines', rows: output.rows }, keys), running.finished])
    return { ...found, sample: rows >= sampleRows }
  } finally {
    signal?.removeEventListener('abort', running.kill)
    running.kill()
  }
}

/** The rows were checked with these criteria first, in this order. */
function carries({ mapping }: CompiledImport, criteria: readonly string[]): boolean {
  return criteria.every((criterion, i) => mapping.keys[i]?.reference === null && mapping.keys[i].criterion === criterion)
}
