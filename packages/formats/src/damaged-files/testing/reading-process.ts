// Reads damaged files, one after the other, in a process of its own with the memory that the parser child has: for the tests alone.
import { Fault } from '@longshore/core/fault'
import { readAll } from '../../read-all.testing.ts'
import type { FoundInFile } from './reader-pool.ts'

process.on('message', ({ bytes, name }: { bytes: Uint8Array; name: string }) => {
  void read(bytes, name).then((found) => process.send?.(found))
})

async function read(bytes: Uint8Array, name: string): Promise<FoundInFile> {
  try {
    const { layout, rows, warnings } = await readAll(bytes, {}, name)
    return { kind: 'read', format: layout.format, columns: layout.columns, headerRow: layout.headerRow, rows, warnings }
  } catch (error) {
    if (error instanceof Fault) return { kind: 'refused', code: error.code, message: error.message }
    return { kind: 'error', stack: error instanceof Error ? error.stack ?? error.message : String(error) }
  }
}
