import { Button, NativeSelect, Popover, TextInput } from '@mantine/core'
import ListFilter from 'lucide-react/icons/list-filter'
import { useState } from 'react'
import type { ObjectAnswer } from '@longshore/contract'
import { useObjects } from '../client/queries.ts'
import { words } from '../words/words.ts'
import { namePath } from './listed-fields.ts'

const operators = ['=', '!=', 'contains', '>', '<', 'is-empty', 'is-not-empty'] as const
const withoutValue: ReadonlySet<string> = new Set(['is-empty', 'is-not-empty'])

/** One more condition; what it makes is what the API and `longshore export --where` take. */
export function FilterButton({ object, onAdd }: { object: ObjectAnswer; onAdd: (filter: string) => void }) {
  const texts = words.records.filter
  const objects = useObjects()
  const [opened, setOpened] = useState(false)
  const [field, setField] = useState(object.nameField)
  const [operator, setOperator] = useState<(typeof operators)[number]>('=')
  const [value, setValue] = useState('')
  const bare = withoutValue.has(operator)
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-start" shadow="md" width={340}>
      <Popover.Target><Button size="xs" variant="default" leftSection={<ListFilter size={14} aria-hidden />} onClick={() => setOpened(!opened)}>{texts.add}</Button></Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={(event) => { event.preventDefault(); onAdd(bare ? `${field} ${operator}` : `${field} ${operator} ${value}`); setOpened(false); setValue('') }}>
          <NativeSelect label={texts.field} value={field} onChange={({ currentTarget }) => setField(currentTarget.value)} data={object.fields.filter((one) => one.companionOf === undefined).map((one) => ({ value: namePath(one, objects), label: one.label }))} />
          <NativeSelect mt="xs" label={texts.operator} value={operator} onChange={({ currentTarget }) => setOperator(currentTarget.value as (typeof operators)[number])} data={operators.map((one) => ({ value: one, label: words.records.operators[one] ?? one }))} />
          {!bare && <TextInput mt="xs" label={texts.value} value={value} onChange={({ currentTarget }) => setValue(currentTarget.value)} />}
          <Button mt="sm" type="submit" disabled={!bare && value === ''}>{texts.apply}</Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
