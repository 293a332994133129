/** Whether a file begins as a Parquet file does, encrypted ones (which are refused by name) among them. */
export function isParquet(head: Uint8Array): boolean {
  return /^PAR[1E]/.test(Buffer.from(head.subarray(0, 4)).toString('latin1'))
}
