import { Fault, parseSavedMapping, savedMappingOf } from '@longshore/core'
import type { ImportDefinition, SavedMapping } from '@longshore/core'
import { audit, deleteSavedMapping, listSavedMappings, loadSavedMapping, readJob, saveMapping } from '@longshore/store'
import type { Job } from '@longshore/store'
import { doer } from '../../actor.ts'
import type { Longshore } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'
import type { CompiledImport } from '../import/create-import.ts'

/** What can be done with mappings that are saved by name. */
export function mappingWork({ db, organization, actor }: Workspace): Pick<Longshore, 'savedMappings' | 'savedMapping' | 'saveMapping' | 'deleteSavedMapping'> {
  return {
    savedMappings: () => db.transaction(null, (tx) => listSavedMappings(tx, organization), { readOnly: true }),
    savedMapping: (name) => db.transaction(null, (tx) => loadSavedMapping(tx, organization, name), { readOnly: true }),
    saveMapping: (request) => db.transaction(null, async (tx) => {
      const mapping = 'job' in request ? mappingOfJob(request.name, await readJob(tx, organization, request.job)) : parseSavedMapping(withName(request.document, request.name))
      const saved = await saveMapping(tx, organization, mapping)
      await audit(tx, organization, doer(actor), { act: saved.replaced ? 'mapping.replace' : 'mapping.save', target: `mapping/${mapping.name}` })
      return { mapping, ...saved }
    }),
    deleteSavedMapping: (name) => db.transaction(null, async (tx) => {
      await deleteSavedMapping(tx, organization, name)
      await audit(tx, organization, doer(actor), { act: 'mapping.forget', target: `mapping/${name}` })
    }),
  }
}

/** What a job's columns meant. How values were read is part of it as far as a person said so: what the values of one file decided, those of the next may decide otherwise. */
export function mappingOfJob(name: string, job: Job): SavedMapping {
  if (job.kind !== 'import') throw new Fault('saved-mapping.no-import', `Job ${job.number} is no import: there is no mapping to save. "longshore job" lists the jobs.`)
  const { findings = [], mapping } = job.compiled as CompiledImport
  const decided = new Set(findings.flatMap(({ target }) => { const column = mapping.targets[target]?.column; return column === null || column === undefined ? [] : [column + 1] }))
  const definition = job.definition as ImportDefinition
  const columns = definition.columns.map((column) => {
    if (column.position === undefined || !decided.has(column.position)) return column
    const { dates: _d, months: _m, decimal: _n, booleans: _b, phones: _p, ...said } = column
    return said
  })
  return parseSavedMapping(savedMappingOf(name, { ...definition, columns }, job.layout?.columns ?? []))
}

function withName(document: unknown, name: string | undefined): unknown {
  return name === undefined || typeof document !== 'object' || document === null || Array.isArray(document) ? document : { ...document, name }
}
