import type { UndoPorts } from '@longshore/core'

/**
 * The way of an undo: work out what has to stay, then take back chunk after chunk. The same call begins an undo, goes on after a
 * crash and finishes a paused one: chunks that are done are not done twice, and what has to stay is worked out again, because others
 * may have written meanwhile. A wish to pause or cancel is looked at between chunks.
 */
export async function runUndo(ports: UndoPorts): Promise<'paused' | 'cancelled' | 'done'> {
  if (ports.wish() !== null || !await ports.begin()) return stop(ports)
  const total = await ports.steps.plan()
  for (let done = 0; ;) {
    if (ports.wish() !== null) return stop(ports)
    const size = await ports.steps.next()
    if (size === null) break
    done += size
    ports.progress(done, total)
  }
  await ports.close('done')
  return 'done'
}

/** What went back stays back, whether the undo rests or ends here. */
async function stop(ports: UndoPorts): Promise<'paused' | 'cancelled'> {
  if (ports.wish() === 'cancel') {
    await ports.close('cancelled')
    return 'cancelled'
  }
  await ports.state('paused')
  return 'paused'
}
