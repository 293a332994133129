import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'

const texts = importWords.check

export function GoToRow({ opened, onClose, onGo }: { opened: boolean; onClose: () => void; onGo: (row: number) => void }) {
  const [wanted, setWanted] = useState('')
  const row = Number(wanted.replaceAll(/[^\d]/g, ''))
  return (
    <Modal opened={opened} onClose={onClose} title={texts.goTo} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (row > 0) onGo(row) }}>
        <TextInput label={texts.row} description={texts.goToText} inputMode="numeric" value={wanted} onChange={({ currentTarget }) => setWanted(currentTarget.value)} data-autofocus />
        <Button mt="md" type="submit" disabled={row === 0}>{texts.go}</Button>
      </form>
    </Modal>
  )
}
