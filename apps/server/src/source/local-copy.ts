import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { EgressRules } from '@longshore/connectors'
import { Fault } from '@longshore/core/fault'
import { fetchLimits } from './fetch-limits.ts'
import { toldOf } from './told-fetch.ts'
import type { TellFetched } from './told-fetch.ts'
import { isAddress } from './source-address.ts'

/** A file on this machine, to look at and let go. */
export interface LocalCopy {
  path: string
  /** As people call it. */
  name: string
  discard(): Promise<void>
}

/** The file itself where it is on this machine, else a copy that goes away with `discard`. Without rules, those of the operator's environment hold. */
export async function localCopy(named: string, egress: EgressRules | undefined, { signal, tell }: { signal?: AbortSignal | undefined; tell?: TellFetched | undefined } = {}): Promise<LocalCopy> {
  if (!isAddress(named)) {
    await mustBeFile(named)
    return { path: named, name: basename(named), discard: () => Promise.resolve() }
  }
  const { fetchFile, openEgress } = await import('@longshore/connectors') // a file on this machine is read sooner without it
  const { content, name, sizeBytes } = await fetchFile(named, egress ?? openEgress(process.env), { ...fetchLimits(), ...(signal === undefined ? {} : { signal }) })
  const folder = await mkdtemp(join(tmpdir(), 'longshore-'))
  const discard = () => rm(folder, { recursive: true, force: true })
  try {
    await pipeline(toldOf(content, sizeBytes, tell), createWriteStream(join(folder, 'source'), { mode: 0o600 }))
    return { path: join(folder, 'source'), name, discard }
  } catch (error) {
    await discard()
    throw error
  }
}

export async function mustBeFile(path: string): Promise<void> {
  try {
    if ((await stat(path)).isFile()) return
  } catch (error) {
    throw new Fault('file.missing', `There is no file ${path}.`, { cause: error })
  }
  throw new Fault('file.not-a-file', `${path} is not a file.`)
}
