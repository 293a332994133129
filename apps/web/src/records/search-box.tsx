import { TextInput } from '@mantine/core'
import Search from 'lucide-react/icons/search'
import { useEffect, useRef, useState } from 'react'

/** What is typed in one go is looked for in one go. */
const restMs = 300

/** Looks for records while it is typed; `/` leads here. */
export function SearchBox({ value, label, onSearch }: { value: string; label: string; onSearch: (search: string) => void }) {
  const [typed, setTyped] = useState(value)
  const asked = useRef(value)
  const search = useRef(onSearch)
  search.current = onSearch
  // another search came by the address: the way back, a view
  useEffect(() => { if (value !== asked.current) { asked.current = value; setTyped(value) } }, [value])
  useEffect(() => {
    if (typed.trim() === asked.current) return
    const timer = setTimeout(() => { asked.current = typed.trim(); search.current(asked.current) }, restMs)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <TextInput
      type="search" size="xs" w={220} aria-label={label} placeholder={label} leftSection={<Search size={14} aria-hidden />} data-page-search value={typed} onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onKeyDown={(event) => { if (event.key === 'Escape' && typed !== '') { event.preventDefault(); setTyped('') } }}
    />
  )
}
