import { Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { FoundAnswer } from '@longshore/contract'
import { get } from '../client/api.ts'
import { useMay } from '../client/may.ts'
import { useObjects } from '../client/queries.ts'
import { words } from '../words/words.ts'
import classes from './commands.module.css'

/** `of`: the object of a record, and what it is told apart by. */
interface Command { key?: string; name: string; of?: string; run: () => void }

/** What is typed in one go is looked for in one go, and a single letter finds nothing. */
const restMs = 250
const fewestLetters = 2

/** Every page, object and action by name, and the records of all objects. */
export function Commands({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} withCloseButton={false} title={words.commands.title} classNames={{ header: 'visually-hidden' }} size="lg" yOffset="12vh" centered={false} padding={0}>
      {opened && <CommandList onClose={onClose} />}
    </Modal>
  )
}

function CommandList({ onClose }: { onClose: () => void }) {
  const commands = useCommands()
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState(0)
  const records = useFound(wanted)
  const found = [...commands(wanted), ...records.found]
  const chosen = Math.min(at, found.length - 1)
  const run = (command: Command | undefined) => { if (command) { onClose(); command.run() } }
  return (
    <div>
      <TextInput
        aria-label={words.commands.title} placeholder={words.commands.placeholder} size="md" variant="unstyled" px="md" data-autofocus value={wanted} role="combobox" aria-expanded aria-controls="commands" aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `command-${chosen}` : undefined}
        onChange={({ currentTarget: { value } }) => { setWanted(value); setAt(0) }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') { event.preventDefault(); setAt(Math.min(chosen + 1, found.length - 1)) }
          if (event.key === 'ArrowUp') { event.preventDefault(); setAt(Math.max(chosen - 1, 0)) }
          if (event.key === 'Enter') { event.preventDefault(); run(found[chosen]) }
        }}
      />
      <div className={classes.list} role="listbox" id="commands" aria-label={words.commands.title}>
        {found.length === 0 && <p className={classes.none} role="option" aria-selected={false} aria-disabled>{records.looking ? words.commands.looking : words.commands.none}</p>}
        {found.map((command, index) => (
          <div key={command.key ?? command.name} id={`command-${index}`} role="option" aria-selected={index === chosen} ref={(element) => { if (index === chosen) element?.scrollIntoView({ block: 'nearest' }) }} className={classes.command} onPointerMove={() => setAt(index)} onClick={() => run(command)}>
            <span className={classes.name}>{command.name}</span>{command.of !== undefined && <span className={classes.of}>{command.of}</span>}
          </div>
        ))}
      </div>
      <p role="status" className={records.said === '' ? 'visually-hidden' : classes.said}>{records.said}</p>
    </div>
  )
}

/** Records of all objects by what was typed, each with its object. */
function useFound(wanted: string): { found: Command[]; looking: boolean; said: string } {
  const navigate = useNavigate()
  const objects = useObjects()
  const [text] = useDebouncedValue(wanted.trim(), restMs)
  const asked = text.length >= fewestLetters
  const search = useQuery({ queryKey: ['search', text], queryFn: ({ signal }) => get<FoundAnswer>('/v1/search', { text }, signal), enabled: asked, placeholderData: keepPreviousData })
  const { commands: texts } = words
  const labelOf = (name: string) => objects.find((object) => object.name === name)
  const shown = wanted.trim() === '' ? undefined : search.data
  return {
    looking: wanted.trim().length >= fewestLetters && (text !== wanted.trim() || search.isFetching),
    said: !asked ? '' : search.isError ? texts.notSearched : shown && shown.unfinished.length > 0 ? texts.unfinished(shown.unfinished.map((name) => labelOf(name)?.pluralLabel ?? name)) : '',
    found: (shown?.records ?? []).map(({ object, id, name, beside }) => ({
      key: `${object}-${id}`, name: name ?? words.records.record(id), of: [labelOf(object)?.label ?? object, ...(beside === null ? [] : [beside])].join(' · '),
      run: () => void navigate({ to: '/records/$object/$record', params: { object, record: id } }),
    })),
  }
}

function useCommands(): (wanted: string) => Command[] {
  const navigate = useNavigate()
  const may = useMay()
  const objects = useObjects()
  const { nav, commands: texts } = words
  const all: Command[] = [
    ...(may.anyObject('import') ? [{ name: nav.newImport, run: () => void navigate({ to: '/imports/new' }) }] : []),
    { name: nav.overview, run: () => void navigate({ to: '/' }) },
    { name: nav.review, run: () => void navigate({ to: '/review' }) },
    { name: nav.bin, run: () => void navigate({ to: '/bin' }) },
    ...objects.filter((object) => may.object(object.name, 'read')).map((object) => ({ name: object.pluralLabel, run: () => void navigate({ to: '/records/$object', params: { object: object.name } }) })),
    ...objects.filter((object) => may.object(object.name, 'import')).map((object) => ({ name: texts.importInto(object.pluralLabel), run: () => void navigate({ to: '/imports/new', search: { object: object.name } }) })),
    ...Object.entries(words.nav.settingsSections).map(([section, label]) => ({ name: `${nav.settings}: ${label}`, run: () => void navigate({ to: '/settings/$section', params: { section } }) })),
    { name: nav.imports, run: () => void navigate({ to: '/jobs' }) },
  ]
  return (wanted) => {
    const parts = wanted.toLowerCase().split(/\s+/).filter(Boolean)
    const job = /^(?:job )?(\d{1,9})$/i.exec(wanted.trim())?.[1]
    return [
      ...(job === undefined ? [] : [{ name: texts.job(Number(job)), run: () => void navigate({ to: '/jobs/$job', params: { job } }) }]),
      ...all.filter((command) => parts.every((part) => command.name.toLowerCase().includes(part))),
    ].slice(0, 12)
  }
}
