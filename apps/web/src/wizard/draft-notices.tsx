import { Button } from '@mantine/core'
import { Failure } from '../ui/states.tsx'
import { importWords } from '../words/imports.ts'
import type { DraftStore } from './draft-store.ts'
import { useDraftState } from './use-draft.ts'
import classes from './wizard.module.css'

const texts = importWords.draft

/** What there is to know of a draft that several may work on: somebody changed something, both changed the same, a save failed. */
export function DraftNotices({ store }: { store: DraftStore }) {
  const { clash, joined, saving, failure } = useDraftState(store)
  if (clash) {
    return (
      <div role="alert" className={classes.missing}>
        <p style={{ margin: '0 0 8px' }}>{texts.clash(clash.by, clash.settings.map(nameOf))}</p>
        <div className={classes.bar} style={{ margin: 0 }}><Button size="xs" variant="default" onClick={() => store.settle('mine')}>{texts.mine}</Button><Button size="xs" variant="default" onClick={() => store.settle('theirs')}>{texts.theirs}</Button></div>
      </div>
    )
  }
  if (saving === 'failed') return <Failure error={failure} title={texts.notSaved} retry={() => void store.flush().catch(() => undefined)} />
  return joined === null ? null : <p role="status" className={classes.quiet}>{texts.joined(joined)}</p>
}

function nameOf(setting: string): string {
  const column = /^columns (.+)$/.exec(setting)?.[1]
  return column === undefined ? texts.settings[setting] ?? setting : texts.column(column)
}
