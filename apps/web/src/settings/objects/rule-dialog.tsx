import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { RuleTestAnswer } from '@longshore/contract'
import { send } from '../../client/api.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { Failure } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import classes from '../settings.module.css'
import type { ObjectDocument, RuleDocument } from '../settings-queries.ts'
import { comparableKinds, emptyRule, formOf, patternKinds, ruleOf } from './rule-form.ts'
import { useSchemaChange } from './use-schema-change.ts'

const texts = settingsWords.rules

/** A rule: put together, tried on the records that are there, and kept. */
export function RuleDialog({ object, rule, onClose }: { object: ObjectDocument; rule: RuleDocument | null; onClose: () => void }) {
  const change = useSchemaChange(onClose)
  const [form, setForm] = useState(() => rule ? formOf(rule) : emptyRule)
  const test = useMutation({ mutationFn: () => send<RuleTestAnswer>('POST', `/v1/objects/${object.name}/rules/test`, { rule: ruleOf(form) }) })
  const set = (part: Partial<typeof form>) => { setForm({ ...form, ...part }); test.reset() }
  const fields = object.fields.filter((field) => field.companionOf === undefined && field.virtual === undefined)
  const options = (kinds?: ReadonlySet<string>) => [{ value: '', label: texts.choose }, ...fields.filter((field) => kinds === undefined || kinds.has(field.kind)).map((field) => ({ value: field.name, label: field.label }))]
  const kinds = form.kind === 'pattern' ? patternKinds : form.kind === 'range' ? comparableKinds : undefined
  const complete = form.name !== '' && form.field !== '' && (form.kind !== 'compare' || form.other !== '') && (form.kind !== 'pattern' || form.pattern !== '') && (form.kind !== 'range' || form.min !== '' || form.max !== '') && (form.when === 'always' || form.whenField !== '') && (form.when !== 'equals' || form.equals.trim() !== '')
  return (
    <Modal opened onClose={onClose} size="xl" title={rule ? texts.editTitle(rule.name) : texts.add} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {change.isError && <Failure error={change.error} />}
      <form onSubmit={(event) => { event.preventDefault(); change.mutate({ objects: [{ name: object.name, rules: [ruleOf(form)] }] }) }}>
        <div className={classes.fields}>
          <TextInput label={texts.name} description={texts.nameText} disabled={rule !== null} value={form.name} maxLength={63} onChange={({ currentTarget }) => set({ name: currentTarget.value.toLowerCase().replace(/[^a-z0-9_-]+/g, '-') })} data-autofocus />
          <NativeSelect label={texts.severity} description={texts.severityText} value={form.severity} onChange={({ currentTarget }) => set({ severity: currentTarget.value as 'error' })} data={[{ value: 'error', label: texts.severities.error }, { value: 'warning', label: texts.severities.warning }]} />
        </div>
        <h3 className={classes.heading}>{texts.when}</h3>
        <div className={classes.fields}>
          <NativeSelect label={texts.whenKind} value={form.when} onChange={({ currentTarget }) => set({ when: currentTarget.value as 'always' })} data={texts.whens} />
          {form.when !== 'always' && <NativeSelect label={texts.field} value={form.whenField} onChange={({ currentTarget }) => set({ whenField: currentTarget.value })} data={options()} />}
          {form.when === 'equals' && <TextInput label={texts.equals} description={texts.equalsText} value={form.equals} onChange={({ currentTarget }) => set({ equals: currentTarget.value })} />}
        </div>
        <h3 className={classes.heading}>{texts.holds}</h3>
        <div className={classes.fields}>
          <NativeSelect label={texts.kind} value={form.kind} onChange={({ currentTarget }) => set({ kind: currentTarget.value as 'required', field: '' })} data={texts.kinds} />
          <NativeSelect label={texts.field} value={form.field} onChange={({ currentTarget }) => set({ field: currentTarget.value })} data={options(kinds)} />
          {form.kind === 'compare' && <><NativeSelect label={texts.operator} value={form.operator} onChange={({ currentTarget }) => set({ operator: currentTarget.value })} data={Object.entries(texts.operators).map(([value, label]) => ({ value, label }))} /><NativeSelect label={texts.other} value={form.other} onChange={({ currentTarget }) => set({ other: currentTarget.value })} data={options()} /></>}
          {form.kind === 'pattern' && <TextInput label={texts.pattern} description={texts.patternText} value={form.pattern} onChange={({ currentTarget }) => set({ pattern: currentTarget.value })} />}
          {form.kind === 'range' && <><TextInput label={texts.min} value={form.min} onChange={({ currentTarget }) => set({ min: currentTarget.value })} /><TextInput label={texts.max} value={form.max} onChange={({ currentTarget }) => set({ max: currentTarget.value })} /></>}
        </div>
        <TextInput mt="md" label={texts.message} description={texts.messageText} maxLength={300} value={form.message} onChange={({ currentTarget }) => set({ message: currentTarget.value })} />
        {test.isError && <Failure error={test.error} />}
        {test.data && <TestResult test={test.data} object={object} />}
        <div className={classes.end}><Button variant="default" onClick={onClose}>{words.buttons.cancel}</Button><Button variant="default" disabled={!complete} loading={test.isPending} onClick={() => test.mutate()}>{texts.test}</Button><Button type="submit" disabled={!complete} loading={change.isPending}>{rule ? texts.save : texts.make}</Button></div>
      </form>
    </Modal>
  )
}

function TestResult({ test, object }: { test: RuleTestAnswer; object: ObjectDocument }) {
  const fields = Object.keys(test.examples[0]?.values ?? {})
  const label = (name: string) => object.fields.find((field) => field.name === name)?.label ?? name
  return (
    <section className={classes.test} role="status">
      <strong>{test.words}</strong>
      <p style={{ margin: '4px 0' }}>{texts.tested(test.broken, test.looked)}</p>
      {test.examples.length > 0 && (
        <div className={table.wrap} style={{ maxHeight: 240, overflow: 'auto' }} tabIndex={0} role="region" aria-label={texts.examples}>
          <table className={table.table}>
            <thead><tr><th>{words.records.row}</th>{fields.map((field) => <th key={field}>{label(field)}</th>)}</tr></thead>
            <tbody>{test.examples.map((record) => <tr key={record.id}><td className={classes.quiet}>{record.id}</td>{fields.map((field) => <td key={field}>{record.values[field] ?? <span className={classes.quiet}>{words.records.empty}</span>}</td>)}</tr>)}</tbody>
          </table>
        </div>
      )}
      <span className={classes.quiet}>{texts.testedText}</span>
    </section>
  )
}
