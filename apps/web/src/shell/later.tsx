import { useEffect, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'

/**
 * A part of the shell that no first look needs: it comes once the browser has nothing else to do, so that it is there when a key asks for it, also
 * where the network is lost meanwhile. What did not come is asked for again when the shell is next drawn.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): (props: Props) => ReactNode {
  let part: ComponentType<Props> | null = null
  return function Later(props) {
    const [, draw] = useState(0)
    useEffect(() => {
      if (part !== null) return undefined
      return whenIdle(() => void load().then((found) => { part = found; draw((times) => times + 1) }, () => undefined))
    })
    const Part = part
    return Part === null ? null : <Part {...props} />
  }
}

/** Soon where a browser does not say when it is idle. */
function whenIdle(act: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(act, 300)
    return () => clearTimeout(timer)
  }
  const waiting = requestIdleCallback(act, { timeout: 2_000 })
  return () => cancelIdleCallback(waiting)
}
