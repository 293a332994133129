import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Memory of a stream's pieces that is let go at once. */
const collectEveryBytes = 16e6

type Collect = (options: { type: 'minor' }) => void

let collect: Collect | null = null

/**
 * Is told of the bytes of each piece that has passed, and lets go of their memory. V8 counts what is behind buffers apart: it lets 64 MB of pieces stand that
 * nobody holds any more, and then goes through its whole heap, 36 times for a gigabyte. They are all young, and to look at the young ones takes it 2 ms.
 */
export function pieceCollector(everyBytes = collectEveryBytes): (bytes: number) => void {
  let passed = 0
  return (bytes) => {
    passed += bytes
    if (passed < everyBytes) return
    passed = 0
    collect ??= exposed()
    collect({ type: 'minor' })
  }
}

/** V8 gives its collector to contexts made while the flag stands; nobody else is to have it. */
function exposed(): Collect {
  setFlagsFromString('--expose-gc')
  const found = runInNewContext('gc') as unknown
  setFlagsFromString('--no-expose-gc')
  return typeof found === 'function' ? found as Collect : () => undefined
}
