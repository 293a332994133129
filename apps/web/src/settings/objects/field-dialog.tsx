import { Button, Checkbox, Modal, NativeSelect, TextInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Failure } from '../../ui/states.tsx'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import { newFieldKinds } from '../../wizard/map/new-field-kinds.ts'
import classes from '../settings.module.css'
import type { FieldDocument, ObjectDocument } from '../settings-queries.ts'
import { apiName } from './api-name.ts'
import { optionsOf, printOptions } from './option-lines.ts'
import { useSchemaChange } from './use-schema-change.ts'

const texts = settingsWords.fields
const listKinds = new Set(['picklist', 'multi-select'])
const numberKinds = new Set(['number', 'currency', 'percent'])

/** A field: made or changed. Only what this form shows is sent; all else of the field stays. */
export function FieldDialog({ object, field, onClose }: { object: ObjectDocument; field: FieldDocument | null; onClose: () => void }) {
  const change = useSchemaChange(onClose)
  const [draft, setDraft] = useState({
    label: field?.label ?? '', kind: field?.kind ?? 'text', required: field?.required ?? false, options: printOptions(field?.options ?? []), open: field?.restricted === false, default: field?.default ?? '', help: field?.help ?? '', min: field?.min ?? '', max: field?.max ?? '',
  })
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const name = field?.name ?? apiName(draft.label)
  const isList = listKinds.has(draft.kind)
  const save = () => change.mutate({ objects: [{ name: object.name, fields: [{
    name, label: draft.label.trim(), ...(field ? {} : { kind: draft.kind }), required: draft.required || null, default: draft.default.trim() || null, help: draft.help.trim() || null,
    ...(isList ? { options: optionsOf(draft.options, field?.options ?? []) } : {}), ...(draft.kind === 'picklist' ? { restricted: draft.open ? false : null } : {}),
    ...(numberKinds.has(draft.kind) ? { min: draft.min.trim() || null, max: draft.max.trim() || null } : {}),
  }] }] })
  return (
    <Modal opened onClose={onClose} size="lg" title={field ? texts.editTitle(field.label) : texts.add} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {change.isError && <Failure error={change.error} />}
      <form onSubmit={(event) => { event.preventDefault(); save() }}>
        <div className={classes.fields}>
          <TextInput label={texts.label} description={name === '' ? undefined : texts.apiName(name)} value={draft.label} maxLength={120} onChange={({ currentTarget }) => set({ label: currentTarget.value })} data-autofocus />
          <NativeSelect label={texts.kind} description={field ? texts.kindStays : undefined} disabled={field !== null} value={draft.kind} onChange={({ currentTarget }) => set({ kind: currentTarget.value })} data={(field ? [draft.kind] : newFieldKinds).map((kind) => ({ value: kind, label: words.fieldKinds[kind] ?? kind }))} />
          <TextInput label={texts.default} description={texts.defaultText} value={draft.default} onChange={({ currentTarget }) => set({ default: currentTarget.value })} />
          <TextInput label={texts.help} value={draft.help} maxLength={1000} onChange={({ currentTarget }) => set({ help: currentTarget.value })} />
          {numberKinds.has(draft.kind) && <><TextInput label={texts.min} value={draft.min} onChange={({ currentTarget }) => set({ min: currentTarget.value })} /><TextInput label={texts.max} value={draft.max} onChange={({ currentTarget }) => set({ max: currentTarget.value })} /></>}
        </div>
        <Checkbox mt="md" label={texts.requiredLabel} description={texts.requiredText} checked={draft.required} onChange={({ currentTarget }) => set({ required: currentTarget.checked })} />
        {isList && <Textarea mt="md" label={texts.options} description={texts.optionsText} rows={8} value={draft.options} onChange={({ currentTarget }) => set({ options: currentTarget.value })} />}
        {draft.kind === 'picklist' && <Checkbox mt="sm" label={texts.openLabel} description={texts.openText} checked={draft.open} onChange={({ currentTarget }) => set({ open: currentTarget.checked })} />}
        <div className={classes.end}><Button variant="default" onClick={onClose}>{words.buttons.cancel}</Button><Button type="submit" loading={change.isPending} disabled={draft.label.trim() === '' || name === '' || (isList && draft.options.trim() === '')}>{field ? texts.save : texts.make}</Button></div>
      </form>
    </Modal>
  )
}
