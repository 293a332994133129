import { createReadStream } from 'node:fs'
import { mkdir, open, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Fault } from '@longshore/core'
import { createPartial, dropPartial, finishPartial, noteUpload, pieceCollector, readPartial } from '@longshore/store'
import type { PartialUpload } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import { refuseAnnouncedSize } from '../import/refuse-over-limits.ts'

/** How far a file is that is sent in parts. */
export interface PartialState extends PartialUpload { offset: number }

/** Files that are sent in parts, each going on where the one before broke off. */
export interface PartialWork {
  /** Gives the id under which it is sent. */
  begin(file: { name: string; sizeBytes: number }): Promise<string>
  /** Throws `upload.unknown`. */
  state(id: string): Promise<PartialState>
  /** Takes bytes from `offset` on, which must be how far it is (`upload.offset`); what arrives before a break is kept. */
  append(id: string, offset: number, content: Readable): Promise<PartialState>
  drop(id: string): Promise<void>
}

export function partialWork(workspace: Workspace): PartialWork {
  const { db, organization, actor, files } = workspace
  const member = actor.member?.id ?? null
  const pathOf = (id: string): string => join(partialFolder(workspace), id)

  async function state(id: string): Promise<PartialState> {
    const found = await db.transaction(null, (tx) => readPartial(tx, organization, member, id), { readOnly: true })
    if (!found) throw unknownUpload()
    if (found.upload !== null) return { ...found, offset: found.sizeBytes }
    const size = await stat(pathOf(id)).then((file) => file.size, () => null)
    if (size === null) throw unknownUpload()
    return { ...found, offset: size }
  }

  /** All of it is there: it becomes a file like one that was sent in one go. Two that see it at once make two files, of which one is kept. */
  async function finish(partial: PartialState): Promise<PartialState> {
    const stored = await files.put(partial.name, createReadStream(pathOf(partial.id), { highWaterMark: 256 * 1024 }))
    const first = await db.transaction(null, async (tx) => {
      if (!await finishPartial(tx, partial.id, stored.id)) return false
      await noteUpload(tx, organization, stored)
      return true
    })
    if (first) await rm(pathOf(partial.id), { force: true })
    else await files.remove(stored.id)
    return state(partial.id)
  }

  return {
    state,
    async begin({ name, sizeBytes }) {
      refuseAnnouncedSize(await workspace.settings(), sizeBytes)
      await mkdir(partialFolder(workspace), { recursive: true, mode: 0o700 })
      const id = await db.transaction(null, (tx) => createPartial(tx, organization, member, { name, sizeBytes }))
      await writeFile(pathOf(id), '', { mode: 0o600, flag: 'wx' })
      if (sizeBytes === 0) await finish(await state(id))
      return id
    },
    async append(id, offset, content) {
      const before = await state(id)
      if (offset !== before.offset) throw new Fault('upload.offset', `This part begins at byte ${offset}, and ${before.offset} of ${before.sizeBytes} bytes are there. Ask how far it is (HEAD), then go on from there.`)
      if (before.upload === null) await writePart(pathOf(id), before, content) // a last part without bytes, sent again, finds a file that is one already
      const after = await state(id)
      return after.upload === null && after.offset === after.sizeBytes ? finish(after) : after
    },
    async drop(id) {
      await state(id)
      await db.transaction(null, (tx) => dropPartial(tx, id))
      await rm(pathOf(id), { force: true })
    },
  }
}

/** The request is left as it is when something is refused: its connection has to carry the answer. */
async function writePart(path: string, { offset, sizeBytes }: PartialState, content: Readable): Promise<void> {
  const file = await open(path, 'r+')
  try {
    let at = offset
    const passed = pieceCollector()
    for await (const piece of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (at + piece.length > sizeBytes) throw new Fault('upload.too-long', `More bytes came than the ${sizeBytes} that were announced. What came beyond them was not kept.`)
      for (let done = 0; done < piece.length;) done += (await file.write(piece, done, piece.length - done, at + done)).bytesWritten
      at += piece.length
      passed(piece.length)
    }
    await file.sync()
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault('upload.interrupted', 'The part broke off; what had arrived is kept. Ask how far it is (HEAD), then go on from there.', { remedy: 'retry', cause: error })
  } finally { await file.close() }
}

export function partialFolder({ dataDirectory }: Pick<Workspace, 'dataDirectory'>): string {
  return join(dataDirectory, 'partial')
}

function unknownUpload(): Fault {
  return new Fault('upload.unknown', 'There is no such upload: it was taken back, its time was over, or somebody else sends it. Begin it anew.')
}
