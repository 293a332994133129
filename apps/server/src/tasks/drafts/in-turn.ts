const turns = new WeakMap<object, Map<string, Promise<unknown>>>()

/**
 * Does work once all that this process was asked before under the same name, of the same thing, has ended: what is costly and may be asked by many at
 * once. Who has left while they waited is not served.
 */
export async function inTurn<T>(of: object, name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const last = turns.get(of) ?? new Map<string, Promise<unknown>>()
  turns.set(of, last)
  const before = last.get(name)
  const mine = (async () => {
    await before?.catch(() => undefined)
    signal?.throwIfAborted()
    return work()
  })()
  last.set(name, mine)
  try { return await mine } finally { if (last.get(name) === mine) last.delete(name) }
}
