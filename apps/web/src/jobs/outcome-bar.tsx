import type { JobAnswer } from '@longshore/contract'
import { count } from '../ui/number.ts'
import { words } from '../words/words.ts'
import classes from './outcome-bar.module.css'

export type Outcome = keyof JobAnswer['counts']

/** In this order everywhere: what came in first, what stayed out last. */
export const outcomeOrder: readonly Outcome[] = ['created', 'updated', 'deleted', 'flagged', 'skipped', 'failed', 'excluded']

/** What became of the rows: a bar for the eye, the numbers in words beside it. */
export function OutcomeBar({ counts, planned = false }: { counts: JobAnswer['counts']; /** Nothing of it has happened yet. */ planned?: boolean }) {
  const there = outcomeOrder.filter((outcome) => counts[outcome] > 0)
  if (there.length === 0) return null
  return (
    <div>
      <div className={classes.bar} aria-hidden>{there.map((outcome) => <span key={outcome} data-outcome={outcome} style={{ flexGrow: counts[outcome] }} />)}</div>
      <div className={classes.words}>{there.map((outcome) => `${count(counts[outcome])} ${(planned ? words.jobs.plannedOutcomes : words.jobs.outcomes)[outcome].toLowerCase()}`).join(' · ')}</div>
    </div>
  )
}

/** The sum of a job: each outcome with its number, and what is not done yet; they add up to the rows of the file. */
export function OutcomeFigures({ counts, rows, planned = false, chosen, onChoose }: { counts: JobAnswer['counts']; rows: number; planned?: boolean; chosen?: Outcome | null; onChoose?: (outcome: Outcome) => void }) {
  const rest = planned ? 0 : rows - outcomeOrder.reduce((sum, outcome) => sum + counts[outcome], 0)
  return (
    <div className={classes.figures}>
      {outcomeOrder.filter((outcome) => counts[outcome] > 0 || ['created', 'updated', 'skipped', 'failed'].includes(outcome)).map((outcome) => {
        const inside = <><span className={classes.figure}>{count(counts[outcome])}</span><span className={classes.name}><i data-outcome={outcome} />{(planned ? words.jobs.plannedOutcomes : words.jobs.outcomes)[outcome]}</span></>
        return onChoose && counts[outcome] > 0
          ? <button key={outcome} type="button" className={classes.cell} data-chosen={chosen === outcome || undefined} aria-pressed={chosen === outcome} title={words.jobs.outcomeHelp[outcome]} onClick={() => onChoose(outcome)}>{inside}</button>
          : <div key={outcome} className={classes.cell} title={words.jobs.outcomeHelp[outcome]}>{inside}</div>
      })}
      {rest > 0 && <div className={classes.cell}><span className={classes.figure}>{count(rest)}</span><span className={classes.name}>{words.jobs.notDone}</span></div>}
      <div className={classes.cell} data-sum><span className={classes.figure}>{count(rows)}</span><span className={classes.name}>{words.jobs.rowsInFile}</span></div>
    </div>
  )
}
