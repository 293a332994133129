import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Fault, closest, columnsByHand, compileMapping, compileValidation, failpoint, findObject, parseImportDefinition, planKeys, storeMapping, resolvePath, settingsOfLayout } from '@longshore/core'
import type { Catalog, CheckSettings, ColumnProfile, ImportDefinition, ObjectType, ReadSettings, RowKey, SourceLayout, StoredMapping } from '@longshore/core'
import { createJob } from '@longshore/store'
import type { Job, Member } from '@longshore/store'
import { pathOfFile, type Workspace } from '../../open-workspace.ts'
import { errorColumns } from '../parser/parser-request.ts'
import { runParser } from '../parser/run-parser.ts'
import { resultsFolder } from './results-folder.ts'

/** How far an import looks into a file to map its columns: its beginning is read again right after, and headers say most. */
const profiledForImport = 1024 * 1024
/** How far `map` looks, where nothing else is waiting. */
export const profiledForMap = 64 * 1024 * 1024

/** What a job keeps beside its definition, so that every later step reads it the same way. */
export interface CompiledImport {
  mapping: StoredMapping
  settings: Omit<CheckSettings, 'decodeFormula'>
  /** Member id of who owns records that bring no owner. */
  owner: string
  resultsDirectory: string | null
}

/**
 * Makes a job of a file: keeps a copy, detects how it is to be read, compiles the mapping. Whatever is off about the request is a
 * Fault here, before any row is read and before there is a job.
 */
export async function createImport(workspace: Workspace, request: { file: string; definition: unknown; dryRun: boolean; resultsDirectory?: string | undefined }): Promise<Job> {
  const definition = parseImportDefinition(request.definition)
  const catalog = await workspace.catalog()
  const object = findObject(catalog, definition.object)
  if (!object) throw unknownObject(catalog, definition.object)
  await mustBeFile(request.file)
  const { layout, profiles } = await lookThrough(request.file, readSettings(definition), definition.autoMap ? profiledForImport : undefined)
  const mapping = compileMapping({ catalog, definition, columns: layout.columns, profiles })
  const keys = planKeys({ catalog, mapping, definition })
  refuseUnindexed(keys, definition)
  refuseUnmatched(definition, mapping.object)
  if (request.resultsDirectory !== undefined) await resultsFolder(request.resultsDirectory)
  const members = await workspace.members()
  const compiled: CompiledImport = {
    mapping: storeMapping(mapping, keys, definition.match.length),
    settings: {
      country: workspace.organization.settings.country, currency: workspace.organization.settings.currency,
      members: members.map(({ id, email }) => ({ id: String(id), email })),
      formulaGuard: definition.source.formulaGuard ?? isOurs(catalog, object, layout.columns),
    },
    owner: ownerOf(definition, members),
    resultsDirectory: request.resultsDirectory ?? null,
  }
  compileValidation({ definition, mapping, keys, settings: compiled.settings }) // a default that its field does not take is refused here
  await failpoint('import.before-source')
  const stored = await workspace.files.put(basename(request.file), createReadStream(request.file, { highWaterMark: 1024 * 1024 }))
  await failpoint('import.before-create')
  const job = await createJob(workspace.db, workspace.organization, {
    kind: 'import', object: object.name, operation: definition.operation, definition: explicit(catalog, object, definition, compiled, layout), compiled,
    sourceName: basename(request.file), sourceFile: stored.id, layout, metadataVersion: catalog.version, dryRun: request.dryRun,
    effectiveAt: momentOfJob(),
  })
  await failpoint('import.after-create')
  return job
}

/** What a new job takes for now; tests fix it, so that two runs can be compared byte by byte. */
export function momentOfJob(): string {
  return process.env['LONGSHORE_TEST_NOW'] ?? new Date().toISOString()
}

/** How a file on this machine is laid out, found by the parser child. */
export async function detectFile(path: string, settings: ReadSettings): Promise<SourceLayout> {
  return (await lookThrough(path, settings, undefined)).layout
}

/** How a file is laid out and, from its first `profileBytes`, what its columns hold. */
export async function lookThrough(path: string, settings: ReadSettings, profileBytes: number | undefined): Promise<{ layout: SourceLayout; profiles: ColumnProfile[] }> {
  const parser = await runParser(path, { task: 'detect', fileName: basename(path), settings, ...(profileBytes !== undefined && { profileBytes }) })
  parser.rows.resume()
  parser.issues.resume()
  const report = await parser.ended
  if (report.kind !== 'layout') throw new Fault('parser.broken', 'The file could not be read. This is an error in Longshore.')
  return report
}

export function sourcePath(workspace: Workspace, job: Job): string {
  if (job.sourceFile === null) throw new Fault('file.missing', `Job ${job.number} has no stored source any more.`, { remedy: 'stop' })
  return pathOfFile(workspace, job.sourceFile)
}

/** What a definition says of how its file is read. */
export function readSettings({ source }: ImportDefinition): ReadSettings {
  const { formulaGuard: _, ...settings } = source
  return settings
}

async function mustBeFile(path: string): Promise<void> {
  try {
    if ((await stat(path)).isFile()) return
  } catch (error) {
    throw new Fault('file.missing', `There is no file ${path}.`, { cause: error })
  }
  throw new Fault('file.not-a-file', `${path} is not a file.`)
}

function unknownObject(catalog: Catalog, name: string): Fault {
  const nearest = closest(name, catalog.objects.flatMap((o) => [o.name, o.singular]))
  return new Fault('unknown-object', `There is no object "${name}".${nearest ? ` Did you mean "${nearest}"?` : ''} There are: ${catalog.objects.map((o) => o.name).join(', ')}.`, { path: 'object' })
}

/**
 * Whether a file is one that we wrote, so that the marks which its cells bear against spreadsheet formulas are ours to take off: an error
 * report by its first columns, an export by headers that are all API names of the object.
 */
function isOurs(catalog: Catalog, object: ObjectType, columns: readonly string[]): boolean {
  if (errorColumns.every((header, i) => columns[i] === header)) return true
  return columns.length > 0 && columns.every((header) => header === 'id' || /^[a-z][a-z0-9_]*\.(id|object)$/.test(header) || object.fields.some((field) => field.name === header)
    || (header.includes('.') && 'field' in resolvePath(catalog, object, header)))
}

/** An update without a way to find records can only fail, and an upsert would create everything once more. */
function refuseUnmatched(definition: ImportDefinition, object: ObjectType): void {
  if (definition.match.length > 0 || definition.operation === 'insert') return
  throw new Fault('match-missing', `The operation "${definition.operation}" needs to know how existing records are found. Say so with --match, for example --match ${object.matchKeys.map((key) => key.criterion).join(' or --match ')}.`, { path: 'match' })
}

/** Match criteria need a key that is kept for every record; only those of the schema are. */
function refuseUnindexed(keys: readonly RowKey[], definition: ImportDefinition): void {
  for (const [i, criterion] of definition.match.entries()) {
    const key = keys[i]
    if (key && key.rule === 0) {
      throw new Fault('not-built-yet', `Matching on ${criterion.join('+')} is not built yet: no key of it is kept. Match on ${keys.filter((k) => k.rule > 0 && k.reference === null).map((k) => k.criterion).join(' or ') || 'email or external_id'}.`, { path: `match[${i}]` })
    }
  }
}

function ownerOf(definition: ImportDefinition, members: Member[]): string {
  const wanted = definition.owner?.toLowerCase()
  const member = wanted === undefined ? members[0] : members.find(({ email }) => email.toLowerCase() === wanted)
  if (member) return String(member.id)
  const nearest = closest(wanted ?? '', members.map(({ email }) => email))
  throw new Fault('owner.unknown', `There is no user ${definition.owner}.${nearest ? ` Did you mean ${nearest}?` : ''}`, { path: 'owner' })
}

/** The definition as it was carried out: every column said, nothing left to guess, so that repeating it does the same. */
function explicit(catalog: Catalog, object: ObjectType, definition: ImportDefinition, { mapping, settings }: CompiledImport, layout: SourceLayout): ImportDefinition {
  const given = new Map(columnsByHand(catalog, object, definition, layout.columns).map((column) => [column.position, column.given]))
  const columns = layout.columns.map((header, i) => {
    const to = mapping.targets.find((target) => target.column === i)
    const name = mapping.targets.find((target) => target.nameFrom?.column === i)
    const before = given.get(i)
    const field = before?.field ?? (name ? `${name.reference ? `${name.reference.name}.` : ''}full_name` : to?.path ?? null)
    return { ...before, header, position: i + 1, field }
  })
  return {
    ...definition, autoMap: false, columns,
    source: { ...definition.source, formulaGuard: settings.formulaGuard, ...settingsOfLayout(layout) },
  }
}
