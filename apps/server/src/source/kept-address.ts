import type { Secrets } from '@longshore/core'
import { isAddress } from './source-address.ts'

/** What an address is sealed for. */
const purpose = 'source address'

/** An address as a definition keeps it: `url` for everybody to see; where more of it is needed to fetch the file, the whole as `sealedUrl`. */
export interface KeptAddress { url?: string | undefined; sealedUrl?: string | undefined }

/** An address without what may be a key to the file: all behind ? and #, user and password. */
export function shownAddress(address: string): string {
  const bare = address.replace(/[?#].*$/s, '')
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1')
}

/** What a definition keeps of the address that was fetched from; where the file came from elsewhere, of the one that it named before. */
export async function addressToKeep(fetched: string | null, named: KeptAddress, secrets: Secrets): Promise<KeptAddress> {
  const address = fetched ?? named.url
  if (address === undefined) return {}
  const url = shownAddress(address)
  if (url !== address) return { url, sealedUrl: await secrets.seal(address, purpose) }
  return fetched === null && named.sealedUrl !== undefined ? { url, sealedUrl: named.sealedUrl } : { url }
}

/** What a definition says of its source, with the address as it is kept. */
export async function withKeptAddress<Source extends KeptAddress>(source: Source, fetched: string | null, secrets: Secrets): Promise<Source> {
  const { url: _, sealedUrl: __, ...rest } = source
  return { ...rest, ...await addressToKeep(fetched, source, secrets) } as Source
}

/**
 * The address that is meant by `named`: where it is the one that the definition shows, the whole of it. Throws a Fault `secret.unreadable` where
 * another installation kept it.
 */
export async function wholeAddress<Named>(named: Named, { url, sealedUrl }: KeptAddress, secrets: Secrets): Promise<Named | string> {
  if (typeof named !== 'string' || sealedUrl === undefined || !isAddress(named) || named !== url) return named
  return secrets.open(sealedUrl, purpose)
}
