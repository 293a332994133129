import { Fault, closest, columnsByHand, compileValidation, failpoint, findObject, knowingIds, linkKeyOf, matchParts, mostMatchKeys, parseImportDefinition, referencePath, storeMapping, settingsOfLayout } from '@longshore/core'
import type { Catalog, CheckSettings, ColumnBlanks, ColumnDecision, ColumnFinding, ImportDefinition, NewField, ObjectType, ReadSettings, RecalledColumn, RowKey, SourceLayout, StoredMapping } from '@longshore/core'
import { changeSchema, createJob, fieldsInUse } from '@longshore/store'
import type { Job, StartRequest, ValueDecision } from '@longshore/store'
import { doer } from '../../actor.ts'
import { pathOfFile, type Workspace } from '../../open-workspace.ts'
import { wholeAddress, withKeptAddress } from '../../source/kept-address.ts'
import { takeSource, type TakenSource } from '../../source/take-source.ts'
import type { TellFetched } from '../../source/told-fetch.ts'
import type { UploadedFile } from '../../source/uploaded-file.ts'
import { lookThrough, profiledForImport, profiledForMap } from '../parser/detect-file.ts'
import type { LookedThrough } from '../parser/detect-file.ts'
import type { FileInStore } from '../uploads/look-at-file.ts'
import type { RememberedValues } from './remembered-values.ts'
import { refuseBeyondRights } from './refuse-beyond-rights.ts'
import { refuseLargeFile, refuseManyMappings } from './refuse-over-limits.ts'
import { resultsFolder } from './results-folder.ts'
import { settleCheck } from './settle-check.ts'
import { settleMapping, type Wanted } from './settle-mapping.ts'

/** What a job keeps beside its definition, so that every later step reads it the same way. */
export interface CompiledImport {
  mapping: StoredMapping
  settings: Omit<CheckSettings, 'decodeFormula'>
  /** Values that earlier imports have mapped, and this one maps like them. */
  remembered?: RememberedValues[]
  /** Columns that go where somebody sent them in an earlier import. */
  recalled?: RecalledColumn[]
  /** The saved mapping that was used, by its name. */
  savedMapping?: string
  /** What the person decided here, to be remembered once the import is finished. */
  decided?: { columns: ColumnDecision[]; values: ValueDecision[] }
  /** The fields that the import makes when it begins to write, as a schema document. */
  newFields?: { objects: [{ name: string; fields: NewField[] }] }
  /** What the values of the columns have said, once they were read. */
  findings?: ColumnFinding[]
  /** Words such as N/A that were taken for empty cells. */
  blanks?: ColumnBlanks[]
  /** Its file are records of a request, written down by this server. */
  ownLines?: true
  /** Member ids of who owns records that bring no owner; several take turns. */
  owners: string[]
  resultsDirectory: string | null
}

/** What somebody asks for. `file`: a path on this machine, an address that the file is fetched from, or a file that was sent. `layout`: how it is read, where this server has written it down itself. */
export interface ImportWish { file: string | UploadedFile; layout?: SourceLayout | null; definition: unknown; dryRun: boolean; resultsDirectory?: string | undefined; startAt?: string | null; callback?: string | null; request?: StartRequest | null; fetching?: TellFetched | undefined }

/**
 * Makes a job of a file: keeps a copy, detects how it is to be read, compiles the mapping. Whatever is off about the request is a
 * Fault here, before any row is read and before there is a job.
 */
export async function createImport(workspace: Workspace, request: ImportWish, signal?: AbortSignal): Promise<Job> {
  const definition = parseImportDefinition(request.definition)
  const wanted = await wantedObject(workspace, definition)
  const source = await takeSource(workspace, await wholeAddress(request.file, definition.source, workspace.secrets), signal, request.fetching)
  source.keep().catch(() => undefined) // copied while it is looked at; whoever needs it hears of what went wrong
  try {
    return await createFrom(workspace, request, source, wanted)
  } catch (error) {
    await source.discard()
    throw error
  }
}

/** How far the file is looked into: its headers say most, and a field that is made stays. */
function profiledBytes(definition: ImportDefinition): number | undefined {
  return makesFields(definition) ? profiledForMap : needsProfiles(definition) ? profiledForImport : undefined
}

/** Whether what the columns hold decides anything. */
export function needsProfiles(definition: ImportDefinition): boolean {
  return definition.autoMap || makesFields(definition)
}

function makesFields({ columns }: ImportDefinition): boolean {
  return columns.some(({ create }) => create !== undefined)
}

export async function wantedObject(workspace: Workspace, definition: ImportDefinition): Promise<Wanted> {
  const catalog = knowingIds(await workspace.catalog(), definition)
  const object = findObject(catalog, definition.object)
  if (!object) throw unknownObject(catalog, definition.object)
  return { catalog, object, definition: knownByLinks(object, definition) }
}

/** Records that are what they link are found by it, unless somebody says otherwise: the same link twice is one. */
function knownByLinks(object: ObjectType, definition: ImportDefinition): ImportDefinition {
  const key = linkKeyOf(object)
  return definition.match.length > 0 || key === undefined ? definition : { ...definition, match: [key.criterion.split('+')] }
}

async function createFrom(workspace: Workspace, request: ImportWish, source: TakenSource, wanted: Wanted): Promise<Job> {
  const prepared = await prepareImport(workspace, source, wanted.definition, { resultsDirectory: request.resultsDirectory, layout: request.layout })
  const stored = await source.keep()
  await failpoint('import.before-create')
  const job = await createJob(workspace.db, workspace.organization, {
    kind: 'import', ...prepared, sourceName: source.name, sourceFile: stored.id, uploaded: source.uploaded, dryRun: request.dryRun, reviewed: request.dryRun, by: doer(workspace.actor), startAt: request.startAt ?? null, callback: request.callback ?? null, request: request.request ?? null,
  })
  await failpoint('import.after-create')
  return job
}

/** What a job keeps of how its file is imported. */
export type PreparedImport = Pick<Job, 'object' | 'operation' | 'metadataVersion' | 'effectiveAt'> & { definition: ImportDefinition; compiled: CompiledImport; layout: SourceLayout }

/**
 * Settles everything that can be known before a row is checked: how the file is read, which column goes where, by what rows are matched.
 * Whatever is off about the definition is a Fault. `look`: how its file is looked at, where such looks are kept.
 */
export async function prepareImport(workspace: Workspace, source: Pick<TakenSource, 'path' | 'name' | 'url'>, given: ImportDefinition, ready: { resultsDirectory?: string | undefined; layout?: SourceLayout | null | undefined; look?: () => Promise<LookedThrough> } = {}): Promise<PreparedImport> {
  const { resultsDirectory, look = () => lookThrough(source.path, readSettings(given), profiledBytes(given), source.name) } = ready
  const wanted = await wantedObject(workspace, given)
  refuseUnmatched(given, wanted.object)
  const { layout, profiles } = ready.layout ? { layout: ready.layout, profiles: [] } : await look()
  const limits = await workspace.settings()
  await refuseLargeFile(limits, layout.format, source.path)
  const { catalog, object, definition, mapping, keys, ...known } = await settleMapping(workspace, wanted, layout.columns, profiles)
  refuseManyMappings(limits, mapping)
  refuseBeyondRights(workspace.actor, definition, mapping)
  if (resultsDirectory !== undefined) await resultsFolder(resultsDirectory)
  const moment = momentOfJob()
  const { settings, owners } = await settleCheck(workspace, { catalog, object, definition }, layout, moment)
  const compiled: CompiledImport = { mapping: storeMapping(mapping, keys, criteriaOf(object, definition)), settings, owners, ...known, ...(ready.layout ? { ownLines: true as const } : {}), resultsDirectory: resultsDirectory ?? null }
  compileValidation({ definition, mapping, keys, settings: compiled.settings }) // a default that its field does not take is refused here
  // last of all, once nothing else can be refused: it changes the schema, and all that hangs on its version is made again
  if (await switchKeysOn(workspace, object, keys, criteriaOf(object, definition))) return prepareImport(workspace, source, given, ready)
  return {
    object: object.name, operation: definition.operation, definition: explicit(catalog, object, definition, compiled, layout, await withKeptAddress(definition.source, source.url, workspace.secrets)), compiled, layout,
    metadataVersion: wanted.catalog.version, effectiveAt: moment,
  }
}

/** What a new job takes for now; tests fix it, so that two runs can be compared byte by byte. */
export function momentOfJob(): string {
  return process.env['LONGSHORE_TEST_NOW'] ?? new Date().toISOString()
}

/** How many different criteria there are: the same fields in another order are the same criterion. */
function criteriaOf(object: ObjectType, { match }: ImportDefinition): number {
  return new Set(match.map((criterion) => matchParts(object, criterion).sort().join('+'))).size
}

/** The file of a job, read as a definition says, which need not be the job's own yet. */
export function sourceOf(workspace: Workspace, job: Job, definition: ImportDefinition): FileInStore {
  return { id: job.sourceFile ?? '', path: sourcePath(workspace, job), name: job.sourceName ?? '', settings: readSettings(definition) }
}

export function sourcePath(workspace: Workspace, job: Job): string {
  if (job.sourceFile === null) throw new Fault('file.missing', `Job ${job.number} has no stored source any more.`, { remedy: 'stop' })
  return pathOfFile(workspace, job.sourceFile)
}

/** What a definition says of how its file is read. */
export function readSettings({ source }: ImportDefinition): ReadSettings {
  const { formulaGuard: _, url: __, sealedUrl: ___, ...settings } = source
  return settings
}

function unknownObject(catalog: Catalog, name: string): Fault {
  const nearest = closest(name, catalog.objects.flatMap((o) => [o.name, o.singular]))
  return new Fault('unknown-object', `There is no object "${name}".${nearest ? ` Did you mean "${nearest}"?` : ''} There are: ${catalog.objects.map((o) => o.name).join(', ')}.`, { path: 'object' })
}

/** An update without a way to find records can only fail, and an upsert, or a strategy for duplicates that nobody looks for, would create everything once more. */
function refuseUnmatched(definition: ImportDefinition, object: ObjectType): void {
  const { operation, onDuplicate } = definition
  if (definition.match.length > 0 || (operation === 'insert' && (onDuplicate === 'skip' || onDuplicate === 'create'))) return
  const what = operation === 'insert' ? `duplicate strategy "${onDuplicate}"` : `operation "${operation}"`
  throw new Fault('match-missing', `The ${what} needs to know how existing records are found. Say so with --match, for example --match ${object.matchKeys.map((key) => key.criterion).join(' or --match ')}.`, { path: 'match' })
}

/** Switches on the keys of criteria that no key is kept of yet: existing records get theirs before the plan is made. Returns whether there were any. */
async function switchKeysOn({ db, organization }: Workspace, object: ObjectType, keys: readonly RowKey[], criteria: number): Promise<boolean> {
  const wanted = keys.slice(0, criteria).filter((key) => key.rule === 0).map((key) => key.criterion)
  if (wanted.length === 0) return false
  if (object.matchKeys.length + wanted.length > mostMatchKeys) {
    const there = object.matchKeys.map(({ criterion }) => criterion)
    throw new Fault('match.too-many-keys', `${object.pluralLabel} can be matched by ${there.length} criteria already, and there can be ${mostMatchKeys}. Match by one of them (${there.join(', ')}), or take one away first: longshore schema --apply FILE, with {"objects":[{"name":"${object.name}","matchKeys":[{"criterion":"${there.at(-1) ?? ''}","remove":true}]}]} in it.`, { path: 'match' })
  }
  await changeSchema(db, organization, { objects: [{ name: object.name, matchKeys: wanted.map((criterion) => ({ criterion, passing: true })) }] }, fieldsInUse)
  return true
}

/** The definition as it was carried out: every column said, nothing left to guess, so that repeating it does the same. */
function explicit(catalog: Catalog, object: ObjectType, definition: ImportDefinition, { mapping, settings }: CompiledImport, layout: SourceLayout, source: ImportDefinition['source']): ImportDefinition {
  const given = new Map(columnsByHand(catalog, object, definition, layout.columns).map((column) => [column.position, column.given]))
  const columns = layout.columns.map((header, i) => {
    const to = mapping.targets.find((target) => target.column === i)
    const name = mapping.targets.find((target) => target.nameFrom?.column === i)
    const before = given.get(i)
    const field = before?.split ? null : before?.field ?? (name ? `${name.reference ? `${referencePath({ reference: name.reference, object: { name: name.object } }) ?? ''}.` : ''}full_name` : to?.onlyFor === undefined ? to?.path ?? null : to.reference?.name ?? null)
    return { ...before, header, position: i + 1, field }
  })
  return {
    ...definition, autoMap: false, columns, ...(settings.timeZone === undefined ? {} : { timeZone: definition.timeZone ?? settings.timeZone }),
    source: { ...source, formulaGuard: settings.formulaGuard, ...settingsOfLayout(layout) },
  }
}
