import { PassThrough, type Readable } from 'node:stream'
import { exportStream } from '@longshore/pipeline'
import type { ExportRequest } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'
import { exportTo } from './export-records.ts'

/**
 * The records that a request asks for as a stream of bytes, which waits for its reader. Whatever is off about the request is thrown before there is a stream; what
 * goes wrong later breaks it off, so that nobody takes a part for the whole.
 */
export async function downloadRecords(workspace: Workspace, request: Omit<ExportRequest, 'out' | 'replace'>, signal: AbortSignal): Promise<Readable> {
  const out = new PassThrough()
  const left = new AbortController()
  out.on('error', () => undefined) // whoever reads hears of it
  out.once('close', () => left.abort())
  const ended = exportTo(workspace, request, exportStream(out, 'the download'), () => undefined, AbortSignal.any([signal, left.signal]))
  ended.then(() => out.end(), (error: unknown) => out.destroy(error instanceof Error ? error : new Error('the export ended')))
  await Promise.race([ended, new Promise((resolve) => out.once('readable', resolve))])
  return out
}
