import { Kbd, Modal, Switch } from '@mantine/core'
import { useState } from 'react'
import { words } from '../words/words.ts'
import { setSingleKeys, singleKeysOn } from './typing.ts'
import classes from './keys-dialog.module.css'

/** A page states its own keys by an element with data-page-keys: JSON pairs of key and meaning. */
export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [singles, setSingles] = useState(singleKeysOn)
  const own = opened ? pageKeys() : []
  return (
    <Modal opened={opened} onClose={onClose} title={words.keys.title} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {own.length > 0 && <Keys rows={own} />}
      <h2 className={classes.heading}>{words.keys.everywhere}</h2>
      <Keys rows={words.keys.rows} />
      <Switch size="md" mt="lg" label={words.keys.singles} description={words.keys.singlesText} checked={singles} onChange={({ currentTarget: { checked } }) => { setSingles(checked); setSingleKeys(checked) }} />
    </Modal>
  )
}

function Keys({ rows }: { rows: [string, string][] }) {
  return <dl className={classes.keys}>{rows.map(([key, meaning]) => <div key={key} className={classes.row}><dt><Kbd>{key}</Kbd></dt><dd>{meaning}</dd></div>)}</dl>
}

function pageKeys(): [string, string][] {
  return [...document.querySelectorAll<HTMLElement>('[data-page-keys]')].flatMap((element) => JSON.parse(element.dataset.pageKeys ?? '[]') as [string, string][])
}
