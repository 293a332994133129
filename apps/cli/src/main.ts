import { processHost } from './process-host.ts'
import { run } from './run.ts'

// Tests make processes die, stall and err at named places; nobody else sets this.
if (process.env['LONGSHORE_TEST'] === '1') (await import('@longshore/server/test-hooks')).armTestHooks(process.env)
const host = processHost()
const code = await run(process.argv.slice(2), host)
await host.stdout.drained()
await host.stderr.drained()
// Everything is closed and written; a forgotten handle must not keep a finished command alive.
process.exit(code)
