import { Fault, compileRules, sayOfField } from '@longshore/core'
import type { ObjectType } from '@longshore/core'
import { withLooking } from '../match/rekey.ts'
import { tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database } from '../postgres/database.ts'
import { auditEdit, edit, type Editor } from './edit.ts'
import { refuseStrayLinks } from './record-links.ts'
import { readFields, writeFields } from './write-fields.ts'

/** Gives fields of one record other values by hand: canonical texts by field name, of a reference the id of a record. The data is as old as the edit. Rules that look at one of the fields are asked of the record as it would be; one that is broken and is more than a warning is a Fault (`value-invalid`), and nothing is written. `version`: the record's updated_at as it was read; if it is another by now, nothing is written (`record.changed`). Throws `record.missing`. */
export async function editRecord(db: Database, organization: Organization, object: ObjectType, id: string, values: Readonly<Record<string, string | null>>, editor: Omit<Editor, 'organization' | 'catalog'>, version?: string): Promise<void> {
  await edit(db, organization, (catalog) => withLooking(catalog, [object.name]), editor, async (tx, hand) => {
    const { rows } = await tx.query(`SELECT 1 FROM ${tableOf(organization, object)} WHERE id = $1 AND deleted_at IS NULL`, [id])
    const whole = hand.catalog.objects.find(({ name }) => name === object.name) ?? object // with the fields that whoever edits does not see: rules may ask of them
    const rules = compileRules(whole).filter(({ rule, fields }) => rule.severity !== 'warning' && fields.some((name) => Object.hasOwn(values, name)))
    const before = (await readFields(tx, organization, whole, [...new Set([...Object.keys(values), ...rules.flatMap(({ fields }) => fields)]), 'updated_at', 'as_of'], [id])).get(id)
    if (rows.length === 0 || !before) throw new Fault('record.missing', `There is no record ${id} of ${object.name}, or it is in the bin.`)
    if (version !== undefined && before['updated_at'] !== version) throw new Fault('record.changed', `The record ${id} of ${object.name} was changed since you read it. Nothing was written. Read it again, then decide.`)
    await refuseStrayLinks(tx, organization, hand.catalog, object, id, values)
    const changed = Object.entries(values).filter(([name, value]) => (before[name] ?? null) !== value)
    if (changed.length === 0) return
    const after = { ...before, ...values }
    const broken = rules.find(({ fields, isBroken }) => changed.some(([name]) => fields.includes(name)) && isBroken((name) => after[name] ?? null))
    if (broken) {
      const { rule: { name, check: { field } }, label, words } = broken
      const at = changed.find(([one]) => one === field) ?? changed.find(([one]) => broken.fields.includes(one)) // beside a field that was edited
      const found = object.fields.some((one) => one.name === field) ? after[field] ?? '' : ''
      throw new Fault('value-invalid', sayOfField({ code: 'rule.broken', params: { rule: name, words } }, { name: field, label }, found), { path: `values.${at?.[0] ?? field}` })
    }
    const moments = { updated_at: editor.at, as_of: editor.at }
    const to = Object.fromEntries([...changed, ...Object.entries(moments)])
    await writeFields(tx, { ...hand, asOf: editor.at }, object, [{ record: id, row: null, to, from: Object.fromEntries(Object.keys(to).map((name) => [name, before[name] ?? null])) }])
    await auditEdit(tx, hand, { act: 'record.edit', target: `${object.name}/${id}`, details: { fields: changed.map(([name]) => name) } })
  })
}
