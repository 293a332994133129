import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Fault, mostBytesOf, mostBytesOfAny } from '@longshore/core'
import type { Limits, Mapping, SourceFormat } from '@longshore/core'

const remedy = 'Split the file, or ask whoever may change settings to raise the limit.'

/** Refuses a file that is larger than the organization allows for what it is. */
export async function refuseLargeFile(limits: Limits, format: SourceFormat, path: string): Promise<void> {
  const most = mostBytesOf(limits, format)
  if (most === null) return
  const { size } = await stat(path)
  if (size > most) throw tooLarge(format, size, most)
}

/** The bytes of a file that is being sent, up to what any format may have: what it is shows when it is there. Throws `limit.file-size` at the first byte too many. */
export async function* boundedContent(limits: Limits, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const most = mostBytesOfAny(limits)
  let size = 0
  // a request that is refused is left as it is: its connection has to carry the answer
  const pieces = content instanceof Readable ? content.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array> : content
  for await (const piece of pieces) {
    size += piece.length
    if (most !== null && size > most) throw largerThanAny(most)
    yield piece
  }
}

/** Refuses a file that says itself that it is larger than one of any format may be. */
export function refuseAnnouncedSize(limits: Limits, size: number): void {
  const most = mostBytesOfAny(limits)
  if (most !== null && size > most) throw largerThanAny(most)
}

export function refuseManyMappings({ maxMappings }: Limits, { targets }: Pick<Mapping, 'targets'>): void {
  const mapped = new Set(targets.flatMap(({ column }) => (column === null ? [] : [column]))).size
  if (maxMappings !== undefined && mapped > maxMappings) throw new Fault('limit.mappings', `${mapped} columns of this file go to a field, and this organization allows ${maxMappings}. Leave columns out, or ask whoever may change settings to raise the limit.`, { path: 'columns' })
}

/** What stops the reading of a file with more rows than the organization allows. */
export function tooManyRows(most: number): Fault {
  return new Fault('limit.rows', `The file has more rows than the ${most.toLocaleString('en')} that this organization allows for one import. Nothing was written. ${remedy}`)
}

function largerThanAny(most: number): Fault {
  return new Fault('limit.file-size', `The file is larger than the ${inMb(most)} that this organization allows for one. Nothing of it was kept. ${remedy}`)
}

function tooLarge(format: SourceFormat, size: number, most: number): Fault {
  return new Fault('limit.file-size', `The file has ${inMb(size)}, and this organization allows ${inMb(most)} for ${format}. ${remedy}`)
}

/** Rounded up to tenths, so that a file of a few bytes too many does not look as if it fitted. */
function inMb(bytes: number): string {
  return `${(Math.ceil(bytes / 1024 / 1024 * 10) / 10).toLocaleString('en')} MB`
}
