import { createHash, randomBytes } from 'node:crypto'

/** 256 bits of chance for a link or key; shown once. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
