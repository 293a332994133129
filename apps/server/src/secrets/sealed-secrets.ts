import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { Fault } from '@longshore/core'
import type { Secrets } from '@longshore/core'

/** AES-256-GCM: what was changed does not open. A nonce of 96 random bits is new for each text. */
const algorithm = 'aes-256-gcm'
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
/** First part of a sealed text; another way to seal gets another. */
const version = 's1'

/**
 * Seals by a key that is derived of the installation's secret, which is asked for once a text is to be sealed or opened. Sealed:
 * `s1.KEY.BYTES`, KEY being a name of the key that tells nothing of it.
 */
export function sealedSecrets(installationSecret: () => Promise<string>): Secrets {
  let derived: Promise<Buffer> | null = null
  const keyOf = (): Promise<Buffer> => derived ??= installationSecret().then((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'longshore sealed secrets', keyBytes)))
  return {
    async seal(text, purpose) {
      const key = await keyOf()
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(purpose))
      const bytes = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return [version, nameOf(key), bytes.toString('base64url')].join('.')
    },
    async open(sealed, purpose) {
      const key = await keyOf()
      const [way, name, text] = sealed.split('.')
      const bytes = Buffer.from(text ?? '', 'base64url')
      if (way !== version || bytes.length < nonceBytes + tagBytes) throw unreadable('it is no sealed text')
      if (name !== nameOf(key)) throw unreadable('it was sealed by another installation, or with another secret')
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes }).setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-tagBytes))
        return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
      } catch (error) { throw unreadable('it was changed, or sealed for something else', error) }
    },
  }
}

function nameOf(key: Buffer): string {
  return createHash('sha256').update('longshore key name').update(key).digest('base64url').slice(0, 8)
}

function unreadable(why: string, cause?: unknown): Fault {
  return new Fault('secret.unreadable', `A secret that is kept cannot be read: ${why}. Use the secret of the installation that kept it (LONGSHORE_SECRET, or the file secret.key of its data directory), or give it again.`, { cause })
}
