import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FieldAnswer, RecordAnswer } from '@longshore/contract'
import { get } from '../client/api.ts'
import { useObject } from '../client/queries.ts'
import { words } from '../words/words.ts'
import { recordName } from './record-name.ts'
import { recordsAddress } from './records-address.ts'
import { searchFilters } from '@longshore/core/search-filters'

const texts = words.records.links
const offered = 20

interface LinkSelectProps { field: FieldAnswer; /** Record id; empty: none. */ value: string; /** Where the record led as it was read. */ held: { id: string; name: string } | null; onChange: (id: string) => void; error?: string }

/** The record that a reference leads to, looked for by what it is called. */
export function LinkSelect({ field, value, held, onChange, error }: LinkSelectProps) {
  const target = useObject(field.targets?.[0] ?? '')
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 250)
  const found = useQuery({
    queryKey: ['records', target?.name, 'links', wanted], enabled: target !== undefined, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<{ items: RecordAnswer[] }>(recordsAddress(target?.name ?? '', { fields: [target?.nameField ?? ''], where: wanted === held?.name ? [] : searchFilters(wanted), limit: offered }), {}, signal),
  })
  const options = new Map((found.data?.items ?? []).map((record) => [record.id, target ? recordName(target, record) : record.id]))
  if (held) options.set(held.id, held.name)
  return (
    <Select
      label={field.label} required={field.required} error={error} value={value === '' ? null : value} onChange={(id) => onChange(id ?? '')} data={[...options].map(([id, label]) => ({ value: id, label }))}
      searchable clearable={!field.required} onSearchChange={setSearch} filter={({ options: all }) => all} nothingFoundMessage={found.isFetching ? texts.looking : texts.none} placeholder={target ? texts.find(target.pluralLabel.toLowerCase()) : ''} comboboxProps={{ shadow: 'md' }}
    />
  )
}
