import { processHost } from './process-host.ts'
import { run } from './run.ts'

const host = processHost()
const code = await run(process.argv.slice(2), host)
await host.stdout.drained()
await host.stderr.drained()
// Everything is closed and written; a forgotten handle must not keep a finished command alive.
process.exit(code)
