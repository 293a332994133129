import { statSync } from 'node:fs'
import { explicitReadings, Fault, fileContext, refuseOpenColumns, restoreMapping, settleParts, withFindings } from '@longshore/core'
import type { Catalog, ColumnFinding, ImportDefinition } from '@longshore/core'
import { activeFixes, fencedSystem, patchJob, stageRows, type Attempt, type Job, type StagedSummary } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import { tooManyRows } from './refuse-over-limits.ts'
import { runCheck } from '../parser/run-check.ts'
import { sourcePath, type CompiledImport } from './create-import.ts'

/** How much of a file has to be read before its rows are estimated from it: the rows that are told lag behind by a piece of each reader. */
const estimateFromBytes = 2 * 1024 * 1024

export interface FileCheck {
  workspace: Workspace
  attempt: Attempt
  job: Job
  catalog: Catalog
  /** True when the reading is to be broken off. */
  stop(): boolean
  progress(rows: number, total: number | null): void
}

/** Columns turned out to mean something else than was assumed. */
class ReadAgain extends Error {
  readonly decided: Decided
  constructor(decided: Decided) {
    super('the columns mean something else than was assumed')
    this.decided = decided
  }
}

type Decided = Pick<Job, 'definition' | 'compiled'>

/**
 * Reads, maps and checks the whole file into staging. Its beginning says what to assume of its columns (which comes first, day or month); where
 * all rows say otherwise, nothing is kept of the reading and it is made once more. What the columns mean is kept with the job in the moment in
 * which its rows are, so that whatever comes after reads them the same way. Throws the Faults `column-ambiguous` and `column-mixed` for what
 * only a person can say.
 */
export async function checkFile(check: FileCheck): Promise<StagedSummary> {
  try {
    return await readOnce(check)
  } catch (error) {
    if (!(error instanceof ReadAgain)) throw error
    const { decided } = error
    const { workspace, attempt, job } = check
    await fencedSystem(workspace.db, attempt, (tx) => patchJob(tx, workspace.organization, job.number, decided))
    // what was decided is fixed from here on, so a second reading has nothing to find out
    return readOnce({ ...check, job: { ...job, ...decided } })
  }
}

async function readOnce({ workspace, attempt, job, catalog, stop, progress }: FileCheck): Promise<StagedSummary> {
  const path = sourcePath(workspace, job)
  const { size } = statSync(path)
  const compiled = job.compiled as CompiledImport
  const layout = job.layout ?? missingLayout()
  progress(0, null)
  const fixes = job.reviewed ? await workspace.db.transaction(workspace.organization, (tx) => activeFixes(tx, workspace.organization, job.number), { readOnly: true }) : []
  const { maxRows } = await workspace.settings()
  const beyond = (rows: number): boolean => maxRows !== undefined && rows > maxRows
  let over = false
  let kill = (): void => undefined // until it runs there is nothing to end
  let standBack = (): void => undefined
  const running = await runCheck(path, size, {
    task: 'check', job: job.number, layout, catalog, definition: job.definition as ImportDefinition, stored: compiled.mapping, settings: compiled.settings,
    keepSource: job.reviewed, fixes,
  }, ({ rows, bytes }) => {
    if (rows > 0) standBack()
    progress(rows, bytes < Math.min(estimateFromBytes, size / 2) ? null : Math.round(rows * size / bytes))
    over ||= beyond(rows)
    if (over || stop()) kill()
  }, compiled.ownLines)
  kill = running.kill
  // its first figures are waited for: a reader that stands back from the beginning takes seconds to start beside other work
  if (workspace.standsBack) standBack = () => { standBack = () => undefined; running.standBack() }
  const finished = running.finished.then(({ parts, ...summary }): StagedSummary => {
    if (beyond(summary.rows)) throw tooManyRows(maxRows ?? 0)
    if (fixes.length > 0) return summary // what the columns mean was settled by the reading that they correct
    const { findings, blanks, again } = settleParts(restoreMapping(compiled.mapping, catalog), fileContext(layout, compiled.settings), parts)
    refuseOpenColumns(findings)
    if (again) throw new ReadAgain(decidedOf(job, compiled, findings))
    return findings.length + blanks.length === 0 ? summary : { ...summary, decided: decidedOf(job, { ...compiled, blanks }, findings) }
  })
  finished.catch(() => undefined) // staging hears of it when it comes to it
  try {
    const staged = await stageRows(workspace.db, attempt, { outputs: running.outputs, finished })
    const fresh = running.warnings.filter(({ code }) => !layout.warnings.some((known) => known.code === code))
    if (fresh.length > 0) await fencedSystem(workspace.db, attempt, (tx) => patchJob(tx, workspace.organization, job.number, { layout: { ...layout, warnings: [...layout.warnings, ...fresh] } }))
    return staged
  } catch (error) {
    throw over ? tooManyRows(maxRows ?? 0) : error // its reader was ended half-way, and says so
  } finally { running.kill() }
}

function decidedOf(job: Job, compiled: CompiledImport, findings: ColumnFinding[]): Decided {
  const { mapping } = compiled
  const earlier = (compiled.findings ?? []).filter((one) => !findings.some(({ target }) => target === one.target))
  return {
    definition: explicitReadings(job.definition as ImportDefinition, mapping.targets, findings),
    compiled: { ...compiled, mapping: { ...mapping, targets: withFindings(mapping.targets, findings) }, findings: [...earlier, ...findings] } satisfies CompiledImport,
  }
}

function missingLayout(): never {
  throw new Fault('job.incomplete', 'The job does not say how its file is laid out. This is an error in Longshore.', { remedy: 'stop' })
}
