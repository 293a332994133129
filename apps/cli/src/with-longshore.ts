import type { Longshore } from '@longshore/server'
import type { Call } from './call.ts'
import type { Host } from './host.ts'

/** Opens Longshore where the command line says, does `work`, and closes it whatever happens. */
export async function withLongshore<T>(call: Call, host: Host, work: (longshore: Longshore) => Promise<T>): Promise<T> {
  const databaseUrl = host.env['DATABASE_URL']
  const longshore = await host.openLongshore({
    dataDirectory: call.dataDirectory(host),
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(host.env['LONGSHORE_DEBUG'] ? { log: (line: string) => host.stderr.write(`${line}\n`) } : {}),
  })
  try {
    return await work(longshore)
  } finally {
    await longshore.close()
  }
}
