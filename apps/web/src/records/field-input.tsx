import { Autocomplete, MultiSelect, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FieldAnswer } from '@longshore/contract'
import { joinList, splitList } from '@longshore/core/split-list'
import { membersQuery } from '../settings/settings-queries.ts'
import { choicesOf, optionsOf } from './field-choices.ts'
import { LinkSelect } from './link-select.tsx'
import { fromLocalMoment, toLocalMoment } from './moment-text.ts'

export interface FieldInputProps {
  field: FieldAnswer
  /** Canonical text, or what was typed; of a reference a record id. Empty: none. */
  value: string
  onChange: (value: string) => void
  /** Where the record led as it was read; of references alone. */
  held?: { id: string; name: string } | null
  error?: string | undefined
}

const keyboards: Partial<Record<FieldAnswer['kind'], 'email' | 'tel' | 'url' | 'decimal'>> = { email: 'email', phone: 'tel', url: 'url', number: 'decimal', currency: 'decimal', percent: 'decimal' }

/** A value of a record as its kind is given by hand: a day from a calendar, an option from its list, a record by its name, all else as text. */
export function FieldInput({ field, value, onChange, held = null, error }: FieldInputProps) {
  const common = { label: field.label, required: field.required, ...(error === undefined ? {} : { error }), ...(field.help ? { description: field.help } : {}) }
  const choices = choicesOf(field, value)
  if (choices) return <NativeSelect {...common} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} data={[{ value: '', label: '' }, ...choices]} />
  switch (field.kind) {
    case 'reference': return <LinkSelect field={field} value={value} held={held} onChange={onChange} {...(error === undefined ? {} : { error })} />
    case 'owner': return <OwnerSelect {...common} value={value} onChange={onChange} />
    case 'date': return <TextInput {...common} type="date" max="9999-12-31" value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
    case 'date-time': return <TextInput {...common} type="datetime-local" max="9999-12-31T23:59" step={1} value={toLocalMoment(value)} onChange={({ currentTarget }) => onChange(fromLocalMoment(currentTarget.value))} />
    case 'picklist': return <Autocomplete {...common} value={value} onChange={onChange} data={[...new Set(optionsOf(field).map((option) => option.value))]} comboboxProps={{ shadow: 'md' }} />
    case 'multi-select': {
      const chosen = splitList(value, new Map()) ?? []
      return <MultiSelect {...common} value={chosen} onChange={(values) => onChange(values.length === 0 ? '' : joinList(values))} data={[...optionsOf(field), ...chosen.filter((one) => !field.options?.some((option) => option.active && option.value === one)).map((one) => ({ value: one, label: one }))]} searchable clearable comboboxProps={{ shadow: 'md' }} />
    }
    case 'long-text': return <Textarea {...common} autosize minRows={2} maxRows={8} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
    default: return <TextInput {...common} inputMode={keyboards[field.kind] ?? 'text'} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
  }
}

/** Somebody of the organization, by e-mail address. */
function OwnerSelect({ value, onChange, ...common }: { label: string; required: boolean; value: string; onChange: (value: string) => void }) {
  const emails = (useQuery(membersQuery).data ?? []).map(({ email }) => email)
  return <NativeSelect {...common} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} data={['', ...new Set([...emails, ...(value === '' ? [] : [value])])]} />
}
