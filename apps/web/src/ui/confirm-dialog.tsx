import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { words } from '../words/words.ts'
import { Failure } from './states.tsx'

interface ConfirmDialogProps {
  opened: boolean
  title: string
  /** What will be gone, with counts. */
  children: ReactNode
  /** Verb and object. */
  button: string
  busy?: boolean
  error?: unknown
  onConfirm: () => void
  onClose: () => void
}

/** Asked before what cannot be taken back, and only then. The way out has the focus. */
export function ConfirmDialog({ opened, title, children, button, busy = false, error = null, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {error !== null && <Failure error={error} />}
      <div style={{ lineHeight: 1.5 }}>{children}</div>
      <div style={{ display: 'flex', gap: 8, justifyContent: 'end', marginTop: 16 }}>
        <Button variant="default" data-autofocus onClick={onClose}>{words.buttons.cancel}</Button>
        <Button color="red" loading={busy} onClick={onConfirm}>{button}</Button>
      </div>
    </Modal>
  )
}
