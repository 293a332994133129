/**
 * Record ids are derived, so that doing a row again gives the same id: job number (28 bits) · row number (32) · slot (3).
 * Slot 0 is the row's own record, 1 to 7 the records made for its references. Always positive in a signed 64-bit integer.
 */
export const slotBits = 3n
export const rowBits = 32n
export const maxSlot = 7
export const maxRowNumber = 0xffff_ffff

export function recordId(job: number, row: number, slot: number): bigint {
  return (BigInt(job) << (slotBits + rowBits)) | (BigInt(row) << slotBits) | BigInt(slot)
}

/** The job, row and slot that made a record. */
export function readRecordId(id: bigint): { job: number; row: number; slot: number } {
  return {
    job: Number(id >> (slotBits + rowBits)),
    row: Number((id >> slotBits) & BigInt(maxRowNumber)),
    slot: Number(id & BigInt(maxSlot)),
  }
}

/** The ids that a job can have made: from inclusive, to exclusive. */
export function recordIdsOf(job: number): { from: bigint; to: bigint } {
  return { from: recordId(job, 0, 0), to: recordId(job + 1, 0, 0) }
}
