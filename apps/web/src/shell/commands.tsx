import { Modal, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../client/may.ts'
import { useObjects } from '../client/queries.ts'
import { words } from '../words/words.ts'
import classes from './commands.module.css'

interface Command { name: string; run: () => void }

/** Every page, object and action by name. */
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
  const found = commands(wanted)
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
        {found.length === 0 && <p className={classes.none} role="option" aria-selected={false} aria-disabled>{words.commands.none}</p>}
        {found.map((command, index) => (
          <div key={command.name} id={`command-${index}`} role="option" aria-selected={index === chosen} className={classes.command} onPointerMove={() => setAt(index)} onClick={() => run(command)}>{command.name}</div>
        ))}
      </div>
    </div>
  )
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
