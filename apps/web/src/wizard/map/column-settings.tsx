import { Checkbox, Drawer, NativeSelect, Stack, TextInput } from '@mantine/core'
import type { FieldAnswer, ObjectAnswer } from '@longshore/contract'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import type { ColumnChoice, Transform } from '../definition.ts'
import { ColumnSamples } from './column-samples.tsx'
import type { MappedColumn } from './column-state.ts'
import { newFieldKinds } from './new-field-kinds.ts'

const texts = importWords.columnSettings

interface ColumnSettingsProps {
  job: number
  /** Of the draft, so that the samples follow what is saved. */
  revision: number
  saved: boolean
  column: MappedColumn | null
  object: ObjectAnswer
  objects: readonly ObjectAnswer[]
  onChange: (choice: Partial<ColumnChoice>) => void
  onClose: () => void
}

/** How a column's cells are read on their way to the field, with what becomes of some of them; only what the field's type has a use for. */
export function ColumnSettings({ job, revision, saved, column, object, objects, onChange, onClose }: ColumnSettingsProps) {
  const name = column?.proposal.header || (column ? importWords.map.nameless(column.proposal.position + 1) : '')
  return (
    <Drawer opened={column !== null} onClose={onClose} position="right" size={440} title={column ? texts.title(name) : ''} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {column && (
        <Stack gap="md">
          {column.becomes === 'new' && <NewField column={column} onChange={onChange} />}
          <Reading column={column} kind={column.becomes === 'new' ? column.choice?.create?.kind ?? 'text' : fieldAt(object, objects, column.field)?.kind ?? 'text'} onChange={onChange} />
          <ColumnSamples job={job} column={column.proposal.position + 1} revision={revision} saved={saved} />
        </Stack>
      )}
    </Drawer>
  )
}

interface PartProps { column: MappedColumn; onChange: (choice: Partial<ColumnChoice>) => void }

function NewField({ column, onChange }: PartProps) {
  const create = column.choice?.create ?? {}
  return (
    <>
      <TextInput label={texts.newLabel} onFocus={({ currentTarget }) => currentTarget.select()} defaultValue={create.label ?? column.proposal.header} onBlur={({ currentTarget: { value } }) => { if (value.trim() !== '' && value !== (create.label ?? column.proposal.header)) onChange({ create: { ...create, label: value.trim() } }) }} />
      <NativeSelect label={texts.newKind} description={texts.newKindText} value={create.kind ?? ''} data={[{ value: '', label: texts.guessed }, ...newFieldKinds.map((kind) => ({ value: kind, label: words.fieldKinds[kind] ?? kind }))]} onChange={({ currentTarget: { value } }) => { const { kind: _, ...rest } = create; onChange({ create: value === '' ? rest : { ...rest, kind: value } }) }} />
    </>
  )
}

function Reading({ column: { choice }, kind, onChange }: PartProps & { kind: string }) {
  const transforms = choice?.transforms ?? []
  const set = (one: Transform['kind'], next: Transform | null) => {
    const rest = transforms.filter((transform) => transform.kind !== one)
    const all = next === null ? rest : [...rest, next]
    onChange({ transforms: all.length === 0 ? undefined : all })
  }
  const casing = transforms.find((one) => one.kind === 'case')?.to ?? ''
  const replacing = transforms.find((one) => one.kind === 'replace')
  return (
    <>
      <TextInput label={texts.default} description={texts.defaultText} defaultValue={choice?.default ?? ''} onBlur={({ currentTarget: { value } }) => { if (value !== (choice?.default ?? '')) onChange({ default: value }) }} />
      {(kind === 'date' || kind === 'date-time') && <NativeSelect label={texts.dates} description={texts.readBy} value={choice?.dates ?? ''} onChange={({ currentTarget: { value } }) => onChange({ dates: value || undefined })} data={texts.dateOrders} />}
      {['number', 'currency', 'percent'].includes(kind) && <NativeSelect label={texts.decimal} description={texts.readBy} value={choice?.decimal ?? ''} onChange={({ currentTarget: { value } }) => onChange({ decimal: (value || undefined) as ColumnChoice['decimal'] })} data={texts.decimals} />}
      {kind === 'phone' && <TextInput label={texts.phones} description={texts.phonesText} maxLength={2} w={120} defaultValue={choice?.phones ?? ''} onBlur={({ currentTarget: { value } }) => { if (/^([A-Za-z]{2})?$/.test(value)) onChange({ phones: value === '' ? undefined : value.toUpperCase() }) }} />}
      {['text', 'long-text', 'picklist', 'multi-select', 'tags'].includes(kind) && <NativeSelect label={texts.casing} value={casing} onChange={({ currentTarget: { value } }) => set('case', value === '' ? null : { kind: 'case', to: value as 'lower' })} data={texts.casings} />}
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 8 }}>
        <TextInput label={texts.find} defaultValue={replacing?.find ?? ''} onBlur={({ currentTarget: { value } }) => { if (value !== (replacing?.find ?? '')) set('replace', value === '' ? null : { kind: 'replace', find: value, with: replacing?.with ?? '' }) }} />
        <TextInput label={texts.by} disabled={replacing === undefined} defaultValue={replacing?.with ?? ''} onBlur={({ currentTarget: { value } }) => { if (replacing && value !== replacing.with) set('replace', { ...replacing, with: value }) }} />
      </div>
      <Checkbox label={texts.blankClears} description={texts.blankClearsText} checked={choice?.blankClears ?? false} onChange={({ currentTarget: { checked } }) => onChange({ blankClears: checked || undefined })} />
    </>
  )
}

function fieldAt(object: ObjectAnswer, objects: readonly ObjectAnswer[], path: string | null): FieldAnswer | undefined {
  const [name, inner] = path?.split('.') ?? []
  const field = object.fields.find((one) => one.name === name)
  if (inner === undefined) return field
  return objects.find((one) => one.name === field?.targets?.[0])?.fields.find((one) => one.name === inner)
}
