/** Whether a file begins as a gzip archive does. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8
}

/** What a packed file is called without the ending that says so: people.csv.gz holds people.csv. */
export function unpackedName(fileName: string): string {
  return fileName.replace(/\.(?:gz|gzip)$/i, '')
}
