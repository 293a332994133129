import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import { Fault } from '@longshore/core'
import type { FileFacts } from './file-id.ts'

/** Passes bytes on and compares them with what was stored; holds the end back until they agree. */
export function verified(facts: FileFacts): Transform {
  const hash = createHash('sha256')
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      size += chunk.length
      done(null, chunk)
    },
    flush(done) {
      const found = hash.digest('hex')
      if (found === facts.sha256 && size === facts.sizeBytes) done()
      else done(damaged(size, facts))
    },
  })
}

function damaged(size: number, facts: FileFacts): Fault {
  const found = size === facts.sizeBytes ? 'its content differs from what was stored' : `it has ${size} bytes instead of ${facts.sizeBytes}`
  return new Fault('file.damaged', `A stored file was changed or damaged on disk: ${found}. It was not used any further. Give the file again, and have the disk checked.`, { remedy: 'stop' })
}
