import { Fault } from '@longshore/core/fault'
import type { Longshore } from '@longshore/server'
import type { Call } from './call.ts'
import type { Host } from './host.ts'
import { noData } from './messages/usage.ts'

export interface OpenWish {
  /** The command may make a new data directory; others are refused where there is none. */
  makesData?: boolean
  /** What Longshore says of itself goes to stderr even where no person sits in front of it. */
  tells?: boolean
  /** Off: jobs that it begins are left to a worker. */
  runsJobs?: boolean
}

/** Opens Longshore where the command line says, does `work`, and closes it whatever happens. Throws a Fault `data.missing`. */
export async function withLongshore<T>(call: Call, host: Host, work: (longshore: Longshore) => Promise<T>, wish: OpenWish = {}): Promise<T> {
  const databaseUrl = host.env['DATABASE_URL']
  const dataDirectory = call.dataDirectory(host)
  // a mistyped --data would make a whole database there, only to say that the job does not exist
  if (!wish.makesData && !databaseUrl && !host.hasData(dataDirectory)) throw new Fault('data.missing', noData(dataDirectory))
  const tells = host.env['LONGSHORE_DEBUG'] || wish.tells || (host.stderr.isTerminal && !call.on('json'))
  const longshore = await host.openLongshore({
    dataDirectory,
    ...(wish.runsJobs === undefined ? {} : { runsJobs: wish.runsJobs }),
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(tells ? { log: (line: string) => host.stderr.write(`${line}\n`) } : {}),
  })
  try {
    return await work(longshore)
  } finally {
    await longshore.close()
  }
}
