import { Button, Modal } from '@mantine/core'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import type { MappedColumn } from './column-state.ts'

const texts = importWords.map.undecided

interface LeftOutDialogProps { opened: boolean; columns: readonly MappedColumn[]; suggestedLabel: (path: string) => string; onClose: () => void; onUse: (() => void) | null; onLeave: () => void }

/** Asked on the way out of the step Map where columns with values wait for a choice: without one they stay out of the import. */
export function LeftOutDialog({ opened, columns, suggestedLabel, onClose, onUse, onLeave }: LeftOutDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={texts.title(columns.length)} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      <p style={{ marginTop: 0 }}>{texts.text}</p>
      <ul>{columns.map(({ proposal, suggested }) => <li key={proposal.position}>{texts.column(proposal.header || importWords.map.nameless(proposal.position + 1), suggestedLabel(suggested ?? ''))}</li>)}</ul>
      <div style={{ display: 'flex', gap: 8, justifyContent: 'end', flexWrap: 'wrap' }}>
        <Button variant="default" onClick={onLeave}>{texts.leave(columns.length)}</Button>
        {onUse ? <Button data-autofocus onClick={onUse}>{importWords.map.useAll}</Button> : <Button data-autofocus onClick={onClose}>{texts.back}</Button>}
      </div>
    </Modal>
  )
}
