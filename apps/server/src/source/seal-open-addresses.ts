import type { Secrets } from '@longshore/core'
import { openAddresses, replaceAddress } from '@longshore/store'
import type { Database } from '@longshore/store'
import { addressToKeep } from './kept-address.ts'

/** Seals the addresses that jobs of an older Longshore kept as they were; where there are none, one look at an empty index. */
export async function sealOpenAddresses(db: Database, secrets: Secrets): Promise<void> {
  const found = await db.transaction(null, openAddresses, { readOnly: true })
  for (const open of found) {
    const kept = await addressToKeep(open.url, {}, secrets)
    await db.transaction(null, (tx) => replaceAddress(tx, open, kept))
  }
}
