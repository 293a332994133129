import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** Argon2id as OWASP's cheat sheet has it: 19 MiB, two passes, one lane. Kept with the hash, so that they can be raised. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const tagLength = 32
/** At most so many at a time: each takes 19 MiB, and a flood of tries is to wait rather than to take the memory. */
const atOnce = 2

/** `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt, cost)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${bare(salt)}$${bare(tag)}`
}

/** A hash that cannot be read fits no password. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, tag] = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash) ?? []
  if (salt === undefined || tag === undefined) return false
  const expected = Buffer.from(tag, 'base64')
  const found = await derive(password, Buffer.from(salt, 'base64'), { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) })
  return expected.length === found.length && timingSafeEqual(expected, found)
}

let running = 0
const waiting: (() => void)[] = []

async function derive(password: string, nonce: Buffer, parameters: typeof cost): Promise<Buffer> {
  if (running >= atOnce) await new Promise<void>((resolve) => { waiting.push(resolve) })
  else running += 1
  try {
    // NFKC: the same password typed on another keyboard is the same password
    return await new Promise((resolve, reject) => {
      argon2('argon2id', { message: password.normalize('NFKC'), nonce, tagLength, ...parameters }, (error, tag) => { if (error) reject(error); else resolve(tag) })
    })
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

function bare(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
