import { dropAbandoned, openTestServer, prepareTestDatabase } from './testing.ts'

/**
 * Holds the test server for a whole run, so that test files join it in milliseconds instead of starting it again and again, and makes the
 * database that most of them copy. The last one out stops it.
 */
export default async function holdTestServer(): Promise<() => Promise<void>> {
  const server = await openTestServer()
  await dropAbandoned(server)
  const dropPrepared = await prepareTestDatabase(server)
  return async () => {
    await dropPrepared()
    await server.leave()
  }
}
