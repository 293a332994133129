import { detectLayout } from '@longshore/formats'
import type { ChildStreams } from './child.ts'
import type { ParserRequest } from './parser-request.ts'

/** Finds out how the file is read. */
export async function detectTask({ fileName, settings }: Extract<ParserRequest, { task: 'detect' }>, streams: ChildStreams): Promise<void> {
  streams.report({ kind: 'layout', layout: await detectLayout(streams.source, { fileName, settings }) })
  await streams.issues.end()
  await streams.out.end()
}
