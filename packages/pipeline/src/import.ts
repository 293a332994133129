import type { ImportPorts } from '@longshore/core'

/**
 * The way of an import: check every row, plan every row, and only then write; account for every row at the end.
 *
 * Each step stands on what the one before has stored, so the same call begins an import, goes on after a crash, and finishes a
 * paused one. A wish to pause or cancel is looked at between steps and between the chunks of `apply`.
 */
export async function runImport(ports: ImportPorts, options: { dryRun: boolean }): Promise<'planned' | 'queued' | 'paused' | 'cancelled' | 'done'> {
  const before = await ports.progress()
  if (before.cancelled) return cancel(ports)

  if (!before.staged || !before.planned) {
    if (!before.staged) {
      await ports.state('checking')
      await ports.check() //           read → map → transform → validate → stage
    }
    if (ports.wish() !== null) return stop(ports)
    if (!before.applied) await ports.plan() // match → plan: complete before the first record is written
  }
  if (options.dryRun) {
    await ports.state('planned')
    await ports.writeResults() // what the plan says of every row
    return 'planned'
  }
  if (ports.wish() !== null) return stop(ports)

  if (!await ports.admit()) return 'queued' // goes on by itself when it is its turn
  const all = await ports.apply() //   records, changes, outcomes and checkpoint, chunk by chunk
  if (!all) return stop(ports)

  await ports.writeResults()
  await ports.close('done')
  return 'done'
}

async function stop(ports: ImportPorts): Promise<'paused' | 'cancelled'> {
  if (ports.wish() === 'cancel') return cancel(ports)
  await ports.state('paused')
  return 'paused'
}

/** What was written stays and can be undone; every other row is excluded, so that the sum holds. */
async function cancel(ports: ImportPorts): Promise<'cancelled'> {
  await ports.excludeRest()
  await ports.writeResults()
  await ports.close('cancelled')
  return 'cancelled'
}
