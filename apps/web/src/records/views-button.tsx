import { ActionIcon, Button, Menu, Modal, TextInput } from '@mantine/core'
import Bookmark from 'lucide-react/icons/bookmark'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { words } from '../words/words.ts'
import { forgetView, saveView, savedViews } from './saved-views.ts'
import type { RecordView } from './saved-views.ts'

const texts = words.records.views

/** Filters, order and columns under a name, to come back to. */
export function ViewsButton({ object, view, onOpen }: { object: string; view: RecordView; onOpen: (view: RecordView) => void }) {
  const [views, setViews] = useState(() => savedViews(object))
  const [naming, setNaming] = useState(false)
  const [name, setName] = useState('')
  return (
    <>
      <Menu position="bottom-start" width={240}>
        <Menu.Target><Button size="xs" variant="default" leftSection={<Bookmark size={14} aria-hidden />}>{texts.title}</Button></Menu.Target>
        <Menu.Dropdown>
          {views.map(({ name: saved, ...rest }) => (
            <div key={saved} style={{ display: 'flex', alignItems: 'center' }}>
              <Menu.Item onClick={() => onOpen(rest)}>{saved}</Menu.Item>
              <ActionIcon variant="subtle" color="gray" aria-label={texts.forget(saved)} onClick={() => setViews(forgetView(object, saved))}><X size={14} /></ActionIcon>
            </div>
          ))}
          {views.length === 0 && <Menu.Label>{texts.none}</Menu.Label>}
          <Menu.Divider />
          <Menu.Item onClick={() => onOpen({})}>{texts.usual}</Menu.Item>
          <Menu.Item onClick={() => { setName(''); setNaming(true) }}>{texts.save}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={naming} onClose={() => setNaming(false)} title={texts.save} closeButtonProps={{ 'aria-label': words.buttons.close }}>
        <form onSubmit={(event) => { event.preventDefault(); setViews(saveView(object, { name: name.trim(), ...view })); setNaming(false) }}>
          <TextInput label={texts.name} description={texts.nameText} maxLength={80} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} data-autofocus />
          <Button mt="md" type="submit" disabled={name.trim() === ''}>{texts.saveButton}</Button>
        </form>
      </Modal>
    </>
  )
}
