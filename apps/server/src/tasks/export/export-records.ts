import { visibleCatalog } from '@longshore/core'
import { rowWriter } from '@longshore/formats'
import { exportFile, exportStream, runExport, type ExportPorts } from '@longshore/pipeline'
import { selectRecords } from '@longshore/store'
import type { ExportRequest, Watch } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'
import { columnKinds } from './column-kinds.ts'

/** Progress is told this often at most. */
const tellEveryMs = 250

/** Writes the records that a request asks for; `-` is standard output. Throws a Fault when the request cannot be understood or the place not written. */
export function exportRecords(workspace: Workspace, request: ExportRequest, watch: Watch, signal?: AbortSignal): Promise<{ rows: number; file: string; seconds: number }> {
  return exportTo(workspace, request, request.out === '-' ? exportStream(process.stdout, '-') : exportFile(request.out, { replace: request.replace === true }), watch, signal)
}

/** The same to any place. */
export async function exportTo({ db, organization, actor }: Workspace, request: Omit<ExportRequest, 'out' | 'replace'>, target: ExportPorts['target'], watch: Watch, signal?: AbortSignal): Promise<{ rows: number; file: string; seconds: number }> {
  const began = performance.now()
  let told = -Infinity
  const ports: ExportPorts = { ...formatOf(request), records: selectRecords(db, organization, (catalog) => visibleCatalog(catalog, actor.role)), target }
  const { rows, file } = await runExport(ports, request, ({ done, total }) => {
    if (performance.now() - told < tellEveryMs) return
    told = performance.now()
    watch({ job: 0, state: 'running', phase: 'writing', done, total })
  }, signal)
  return { rows, file, seconds: (performance.now() - began) / 1000 }
}

function formatOf({ format, formulaGuard }: Pick<ExportRequest, 'format' | 'formulaGuard'>): Pick<ExportPorts, 'writer' | 'lists'> {
  return { writer: (selection) => rowWriter(format, { guard: formulaGuard, kinds: columnKinds(selection) }), lists: format === 'json' || format === 'ndjson' ? 'array' : 'text' }
}
