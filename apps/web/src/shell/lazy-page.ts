import { lazyRouteComponent } from '@tanstack/react-router'
import { unreachable } from '../client/problem.ts'

/** Something small that every build has. */
const smallAsset = '/assets/longshore.svg'

/**
 * A page that comes when it is gone to. The router loads everything anew where its file is not there, which is right after an update; where
 * nobody answers it would leave the browser's own error in place of what is open: then the page says so, and can be tried again.
 */
export function lazyPage<Module extends Record<string, unknown>, Name extends keyof Module>(load: () => Promise<Module>, name: Name) {
  return lazyRouteComponent(() => load().catch(async (error: unknown) => {
    if (await answers()) throw error
    throw unreachable()
  }), name as never)
}

async function answers(): Promise<boolean> {
  try { return (await fetch(smallAsset, { method: 'HEAD', cache: 'no-store' })).ok } catch { return false }
}
