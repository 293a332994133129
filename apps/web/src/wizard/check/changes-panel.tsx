import { Button, Drawer } from '@mantine/core'
import type { FixAnswer } from '@longshore/contract'
import { ago } from '../../ui/time.ts'
import { quantity } from '../../ui/number.ts'
import { Empty } from '../../ui/states.tsx'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'

interface ChangesPanelProps { opened: boolean; onClose: () => void; fixes: readonly FixAnswer[]; busy: boolean; onTurn: (fix: number, to: 'undo' | 'redo') => void }

/** Every correction, newest first; any one can be taken back, whatever came after it. */
export function ChangesPanel({ opened, onClose, fixes, busy, onTurn }: ChangesPanelProps) {
  const texts = importWords.check
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size={440} title={texts.changesTitle} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {fixes.length === 0 && <Empty title={texts.noChanges}>{texts.noChangesText}</Empty>}
      <ul className={classes.changes}>
        {fixes.toReversed().map((fix) => (
          <li key={fix.number} data-undone={fix.undone || undefined}>
            <div>{fix.words}<br /><span className={classes.quiet}>{quantity(fix.touched, 'row', 'rows')} · {fix.by ?? words.nav.operator} · {ago(fix.at)}</span></div>
            <Button size="xs" variant="default" disabled={busy} aria-label={`${fix.undone ? texts.redo : words.buttons.undo}: ${fix.words}`} onClick={() => onTurn(fix.number, fix.undone ? 'redo' : 'undo')}>{fix.undone ? texts.redo : words.buttons.undo}</Button>
          </li>
        ))}
      </ul>
    </Drawer>
  )
}
