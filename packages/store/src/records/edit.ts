import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@longshore/core'
import type { Catalog } from '@longshore/core'
import { announce, arrive } from '../jobs/awaited.ts'
import { isWriting } from '../jobs/writer.ts'
import { loadCatalog } from '../objects/catalog-rows.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { audit, type Act, type Doer } from '../people/audit.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** Who changes records by hand, and when. */
export interface Editor {
  organization: Organization
  catalog: Catalog
  /** The number under which the change can be undone; null: it has none. */
  job: number | null
  /** ISO. */
  at: string
  /** Member id, for the history. */
  by: number | null
  /** For the audit log; absent: the operator. */
  doer?: Doer
}

/** How long an edit waits for a job to let go, and how often it looks. */
const patienceMs = 10_000
const lookEveryMs = 50

/**
 * Runs `work` as the only writer of `objects` (names), in one transaction of its own; a job that writes them lets go between two chunks and
 * plans what is left again. Throws `writer.busy` when it does not in time. `work` may run again after a conflict with nothing of it kept.
 */
export async function edit<T>(
  db: Database, organization: Organization, objects: (catalog: Catalog) => readonly string[], editor: Omit<Editor, 'organization' | 'catalog'>, work: (tx: Transaction, editor: Editor) => Promise<T>,
): Promise<T> {
  let wanted: string[] = []
  const until = Date.now() + patienceMs
  for (;;) {
    try {
      return await db.transaction(organization, async (tx) => {
        const catalog = await loadCatalog(tx, organization)
        wanted = [...new Set(objects(catalog))].sort()
        for (const object of wanted) await becomeWriter(tx, organization, object)
        await holdSchema(tx, organization, catalog, wanted)
        await arrive(tx, organization, wanted)
        return work(tx, { ...editor, organization, catalog })
      }, { settings: { lock_timeout: '2s' } })
    } catch (error) {
      if (!(error instanceof Fault && (error.code === 'writer.busy' || error.code === 'db.lock-timeout')) || Date.now() > until) throw error
    }
    await db.transaction(organization, (tx) => announce(tx, organization, wanted), { durable: false })
    await sleep(lookEveryMs)
  }
}

/** From here on no field and no key comes to the tables. One that came since the catalog was read would be missed: then all is tried again. */
async function holdSchema(tx: Transaction, organization: Organization, { version }: Catalog, objects: readonly string[]): Promise<void> {
  if (objects.length > 0) await tx.query(`LOCK TABLE ${objects.map((object) => `${quoteIdentifier(organization.schema)}.${quoteIdentifier(object)}`).join(', ')} IN ROW EXCLUSIVE MODE`)
  const { rows: [now] } = await tx.query<{ version: number }>('SELECT metadata_version AS version FROM longshore.organization WHERE id = $1', [organization.id])
  if (now?.version !== version) throw new Fault('writer.busy', 'The schema is being changed. Try again.', { remedy: 'retry' })
}

async function becomeWriter(tx: Transaction, organization: Organization, object: string): Promise<void> {
  const table = `${quoteIdentifier(organization.schema)}._writer`
  await tx.query(`INSERT INTO ${table} (object) VALUES ($1) ON CONFLICT DO NOTHING`, [object])
  for (const lock of ['', 'FOR UPDATE']) {
    const { rows: [held] } = await tx.query<{ job: number | null }>(`SELECT job FROM ${table} WHERE object = $1 ${lock}`, [object])
    if (held && held.job !== null && await isWriting(tx, organization, held.job)) {
      throw new Fault('writer.busy', `Job ${held.job} is writing ${object}, and does not let go. Try again, or pause it with "longshore pause ${held.job}".`, { remedy: 'retry' })
    }
  }
  // whoever planned on what was there before finds that somebody wrote since
  await tx.query(`UPDATE ${table} SET job = NULL, writes = writes + 1 WHERE object = $1`, [object])
}

/** Writes what an edit did into the audit log, in its transaction. */
export function auditEdit(tx: Transaction, { organization, doer }: Editor, act: Act): Promise<void> {
  return audit(tx, organization, doer ?? { member: null, apiKey: null }, act)
}
