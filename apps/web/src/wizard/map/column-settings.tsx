import { Checkbox, Drawer, NativeSelect, Stack, TextInput } from '@mantine/core'
import type { FieldAnswer, ObjectAnswer } from '@longshore/contract'
import { words } from '../../words/words.ts'
import type { ColumnChoice } from '../draft.ts'
import classes from '../wizard.module.css'
import type { MappedColumn } from './column-state.ts'

const texts = words.imports.columnSettings

interface ColumnSettingsProps { column: MappedColumn | null; object: ObjectAnswer; objects: readonly ObjectAnswer[]; onChange: (choice: Partial<ColumnChoice>) => void; onClose: () => void }

/** How a column's cells are read on their way to the field; only what the field's type has a use for. */
export function ColumnSettings({ column, object, objects, onChange, onClose }: ColumnSettingsProps) {
  const kind = column ? fieldAt(object, objects, column.field)?.kind ?? 'text' : 'text'
  const choice = column?.choice
  const casing = choice?.transforms?.find((one) => one.kind === 'case')?.to ?? ''
  const isDate = kind === 'date' || kind === 'date-time'
  return (
    <Drawer opened={column !== null} onClose={onClose} position="right" size={400} title={column ? texts.title(column.proposal.header) : ''} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {column && (
        <Stack gap="md">
          <div className={classes.quiet}>{texts.samples}: {column.proposal.samples.length === 0 ? words.imports.map.empty : column.proposal.samples.join(' · ')}</div>
          <TextInput label={texts.default} description={texts.defaultText} defaultValue={choice?.default ?? ''} onBlur={({ currentTarget: { value } }) => { if (value !== (choice?.default ?? '')) onChange({ default: value }) }} />
          {isDate && <NativeSelect label={texts.dates} description={texts.readBy} value={choice?.dates ?? ''} onChange={({ currentTarget: { value } }) => onChange({ dates: (value || undefined) as ColumnChoice['dates'] })} data={texts.dateOrders} />}
          {['number', 'currency', 'percent'].includes(kind) && <NativeSelect label={texts.decimal} description={texts.readBy} value={choice?.decimal ?? ''} onChange={({ currentTarget: { value } }) => onChange({ decimal: (value || undefined) as ColumnChoice['decimal'] })} data={texts.decimals} />}
          {kind === 'phone' && <TextInput label={texts.phones} description={texts.phonesText} maxLength={2} w={120} defaultValue={choice?.phones ?? ''} onBlur={({ currentTarget: { value } }) => { if (/^([A-Za-z]{2})?$/.test(value)) onChange({ phones: value === '' ? undefined : value.toUpperCase() }) }} />}
          {['text', 'long-text', 'picklist', 'multi-select', 'tags'].includes(kind) && <NativeSelect label={texts.casing} value={casing} onChange={({ currentTarget: { value } }) => onChange({ transforms: value === '' ? undefined : [{ kind: 'case', to: value as 'lower' }] })} data={texts.casings} />}
          <Checkbox label={texts.blankClears} description={texts.blankClearsText} checked={choice?.blankClears ?? false} onChange={({ currentTarget: { checked } }) => onChange({ blankClears: checked || undefined })} />
        </Stack>
      )}
    </Drawer>
  )
}

function fieldAt(object: ObjectAnswer, objects: readonly ObjectAnswer[], path: string | null): FieldAnswer | undefined {
  const [name, inner] = path?.split('.') ?? []
  const field = object.fields.find((one) => one.name === name)
  if (inner === undefined) return field
  return objects.find((one) => one.name === field?.targets?.[0])?.fields.find((one) => one.name === inner)
}
