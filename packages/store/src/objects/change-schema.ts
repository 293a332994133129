import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@longshore/core'
import type { Catalog } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import { audit, type Doer } from '../people/audit.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { loadCatalog, saveCatalog } from './catalog-rows.ts'
import { changeCatalog } from './change-catalog.ts'
import type { SchemaStep } from './change-catalog.ts'
import { addKeyColumn, dropKeyColumn } from '../match/key-columns.ts'
import { addColumns, createTable, dropColumns } from './object-ddl.ts'
import { parseSchemaDocument } from './schema-document.ts'

/** A field that a planned, running or undoable job works with. */
export interface FieldUse { object: string; field: string; job: number }

/** Finds the fields in use, inside the transaction that may drop one. */
export type FindFieldsInUse = (tx: Transaction, organization: Organization) => Promise<FieldUse[]>

/** A change of a table waits this long for others and then lets them go first: everyone who comes later would wait behind it. */
const lockTimeout = '1s'
const attempts = 5
const pauseMs = 200

/**
 * Applies a schema document: all of it in one transaction, or nothing. `changes` has one line for each change and is empty when the
 * document says what already is. Throws a Fault with the path of what is off, or `schema.busy` while somebody holds the tables.
 */
export async function changeSchema(
  db: Database, organization: Organization, document: unknown, fieldsInUse: FindFieldsInUse, by: Doer = { member: null, apiKey: null },
): Promise<{ changes: string[]; catalog: Catalog }> {
  const parsed = parseSchemaDocument(document)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(null, async (tx) => {
        await tx.query('SELECT 1 FROM longshore.organization WHERE id = $1 FOR UPDATE', [organization.id])
        const change = changeCatalog(await loadCatalog(tx, organization), parsed)
        if (change.steps.some((step) => step.kind === 'drop-field')) refuseUsed(change.steps, await fieldsInUse(tx, organization))
        if (change.steps.some((step) => step.kind === 'drop-key')) await refuseUsedKeys(tx, organization, change.steps)
        for (const statement of change.steps.flatMap((step) => statements(organization, step))) await tx.query(statement)
        if (change.changes.length > 0) {
          await saveCatalog(tx, organization, change.catalog)
          await audit(tx, organization, by, { act: 'schema.change', target: `schema/${change.catalog.version}`, details: { changes: change.changes.length } })
        }
        return { changes: change.changes, catalog: change.catalog }
      }, { settings: { lock_timeout: lockTimeout }, label: 'longshore schema' })
    } catch (error) {
      if (!(error instanceof Fault && ['db.lock-timeout', 'db.conflict'].includes(error.code))) throw error
      if (attempt === attempts) {
        throw new Fault('schema.busy', `The schema could not be changed: an import or another change was using the records in each of ${attempts} tries. Nothing was changed. Try again when it has ended.`, { remedy: 'retry', cause: error })
      }
      await sleep(pauseMs * attempt)
    }
  }
}

function statements(organization: Organization, step: SchemaStep): string[] {
  switch (step.kind) {
    case 'create-object': return createTable(organization, step.object)
    case 'add-field': return addColumns(organization, step.object, step.field)
    case 'drop-field': return dropColumns(organization, step.object, step.field)
    case 'add-key': return [addKeyColumn(organization, step.object, step.rule)]
    case 'drop-key': return [dropKeyColumn(organization, step.object, step.rule)]
  }
}

/** For changes that drop no field. */
export const noFieldsInUse: FindFieldsInUse = () => Promise.resolve([])

/** A job that is not over writes the keys it was made with; one under way writes all that it knew when it began. */
async function refuseUsedKeys(tx: Transaction, organization: Organization, steps: readonly SchemaStep[]): Promise<void> {
  const { rows: [running] } = await tx.query<{ job: number }>(`SELECT j.number AS job FROM longshore.job j JOIN longshore.attempt a ON a.organization = j.organization AND a.job = j.number AND a.attempt = j.attempt
    WHERE j.organization = $1 AND a.ended_at IS NULL LIMIT 1`, [organization.id])
  for (const step of steps) {
    if (step.kind !== 'drop-key') continue
    const { rows: [open] } = await tx.query<{ job: number }>(`SELECT j.number AS job FROM longshore.job j, jsonb_array_elements(j.compiled -> 'mapping' -> 'keys') k
      WHERE j.organization = $1 AND j.kind = 'import' AND j.state NOT IN ('done', 'cancelled', 'undone', 'undoing') AND k ->> 'object' = $2 AND (k ->> 'rule')::integer = $3 LIMIT 1`, [organization.id, step.object.name, step.rule.id])
    const job = open?.job ?? running?.job
    if (job === undefined) continue
    throw new Fault('schema.key-in-use', `The keys of ${step.object.name} for "${step.rule.criterion}" cannot be removed: job ${job} is planned or running, and writes them. Nothing was changed. Cancel the job, or wait until it has ended.`)
  }
}

function refuseUsed(steps: SchemaStep[], uses: FieldUse[]): void {
  for (const step of steps) {
    if (step.kind !== 'drop-field') continue
    const use = uses.find(({ object, field }) => object === step.object.name && field === step.field.name)
    if (!use) continue
    throw new Fault(
      'schema.field-in-use',
      `The field "${step.field.name}" of ${step.object.name} cannot be removed: job ${use.job} is planned, running or can still be undone, and uses it. Nothing was changed. Cancel the job, or wait until it can no longer be undone.`,
    )
  }
}
