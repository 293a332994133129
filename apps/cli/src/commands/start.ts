import { fileURLToPath } from 'node:url'
import type { ImportDefinitionInput } from '@longshore/core'
import type { Longshore } from '@longshore/server'
import { dataFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import type { Host } from '../host.ts'
import { startTexts } from '../messages/start.ts'
import { asFault } from '../reporters/fault.ts'
import { jobReport } from '../reporters/job-report.ts'
import { visible } from '../reporters/visible.ts'
import { watched } from '../run-job.ts'
import { withLongshore } from '../with-longshore.ts'
import { workOn } from '../work-on.ts'

const usualPort = 4000
const sample = fileURLToPath(new URL('../../../../fixtures/sample-contacts.csv', import.meta.url))

export const startCommand: Command = {
  name: 'start',
  positionals: { names: [], least: 0 },
  flags: {
    port: { type: 'string', value: 'N', help: `port on 127.0.0.1 (${usualPort}); 0: any free one` },
    empty: { type: 'boolean', help: 'do not import the shipped sample on the first start' },
    'no-worker': { type: 'boolean', help: 'serve the API and the web app alone; jobs wait for "longshore worker", and no sample is imported' },
    data: dataFlag,
  },
  async run(call, host) {
    const port = call.whole('port', 0, 65_535) ?? usualPort
    const worker = !call.on('no-worker')
    await host.assertPortFree(port) // a first start makes a whole database
    await withLongshore(call, host, async (longshore) => {
      const server = await host.startServer({ longshore, port })
      const wish = host.stopWish()
      try {
        if (worker && !call.on('empty') && (await longshore.jobs()).length === 0) await importSample(longshore, host)
        if (!wish.signal.aborted) {
          host.stdout.write(startTexts.running(server.url))
          await longshore.door.servedAt(server.url)
          const secret = await longshore.door.firstInvitation()
          if (secret !== null) host.stdout.write(startTexts.firstAccount(`${server.url}invitation#${secret}`))
          if (worker) await workOn(longshore, host, wish.signal)
          else {
            host.stdout.write(startTexts.noWorker)
            await aborted(wish.signal)
          }
        }
        host.stderr.write(startTexts.stopping)
      } finally {
        wish.release()
        await server.close()
      }
    }, { makesData: true, tells: true, runsJobs: worker })
    return exitCodes.good
  },
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => { signal.addEventListener('abort', resolve, { once: true }) })
}

/** Runs the main job once, so that a first look shows something real. A sample that fails does not keep Longshore from starting. */
async function importSample(longshore: Longshore, host: Host): Promise<void> {
  host.stdout.write(startTexts.sample)
  const definition: ImportDefinitionInput = { object: 'contacts', match: [['email']], missingReference: 'create', results: { formats: ['csv'] } }
  try {
    const summary = await watched(longshore, host, false, (opened, watch, signal) =>
      opened.import({ file: sample, definition, dryRun: false }, watch, signal))
    host.stdout.write(jobReport(summary))
  } catch (error) {
    host.stderr.write(startTexts.sampleFailed(visible(asFault(error).message, 1000)))
  }
}
