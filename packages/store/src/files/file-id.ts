import { randomBytes } from 'node:crypto'
import { Fault } from '@longshore/core'

/** What an id says about its file. */
export interface FileFacts { sizeBytes: number; sha256: string }

const form = /^[0-9a-f]{16}-(\d{1,16})-([0-9a-f]{64})$/

/** A new id: random, so that equal contents stay two files and one can be removed without the other. */
export function newFileId({ sizeBytes, sha256 }: FileFacts): string {
  return `${randomBytes(8).toString('hex')}-${sizeBytes}-${sha256}`
}

/** Reads an id. Throws `file.missing` for a text that is none: it may come from outside, and becomes part of a path. */
export function readFileId(id: string): FileFacts {
  const [, size, sha256] = form.exec(id) ?? []
  if (size === undefined || sha256 === undefined) throw missingFile()
  return { sizeBytes: Number(size), sha256 }
}

export function missingFile(cause?: unknown): Fault {
  return new Fault('file.missing', 'The stored file does not exist any more: it was removed, or its time was over. Give the file again.', { remedy: 'stop', cause })
}
