import { dataFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { startTexts } from '../messages/start.ts'
import { withLongshore } from '../with-longshore.ts'
import { workOn } from '../work-on.ts'

export const workerCommand: Command = {
  name: 'worker',
  positionals: { names: [], least: 0 },
  flags: { data: dataFlag },
  notes: ['Any number of workers can share one database. Ctrl-C stops it at the next safe place.'],
  async run(call, host) {
    const wish = host.stopWish()
    try {
      await withLongshore(call, host, async (longshore) => {
        host.stderr.write(startTexts.working)
        await workOn(longshore, host, wish.signal)
      }, { makesData: true, tells: true })
      return exitCodes.good
    } finally {
      wish.release()
    }
  },
}
