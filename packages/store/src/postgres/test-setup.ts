import { dropAbandoned, openTestServer } from './testing.ts'

/**
 * Holds the test server for a whole run, so that test files join it in milliseconds instead of starting it again and again.
 * The last one out stops it.
 */
export default async function holdTestServer(): Promise<() => Promise<void>> {
  const server = await openTestServer()
  await dropAbandoned(server)
  return server.leave
}
