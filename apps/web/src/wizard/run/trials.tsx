import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { JobDetails } from '@longshore/contract'
import { isMoving, jobQuery } from '../../client/queries.ts'
import { JobActions } from '../../jobs/job-actions.tsx'
import { JobProgress } from '../../jobs/job-progress.tsx'
import { OutcomeBar } from '../../jobs/outcome-bar.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'

const texts = importWords.trial

/** Whether a trial of the import, or an undo of one, still runs or waits: until it has ended, the import itself can neither be planned nor carried out. */
export function hasOpenTrial({ trials }: Pick<JobDetails, 'trials'>): boolean {
  return trials.some(({ open }) => open !== null)
}

/** Whether the import leaves rows out that a trial dealt with. */
export function hasStandingTrial({ trials }: Pick<JobDetails, 'trials'>): boolean {
  return trials.some(({ state, kept }) => state === 'done' || state === 'cancelled' || kept > 0)
}

/** The trials of an import, newest first: what came of each, and the way back. */
export function Trials({ job }: { job: JobDetails }) {
  if (job.trials.length === 0) return null
  return <section aria-label={texts.title}>{job.trials.map((trial) => <Trial key={trial.job} number={trial.job} state={trial.state} kept={trial.kept} of={job.job} />)}</section>
}

function Trial({ number, state, kept, of }: { number: number; state: string; kept: number; of: number }) {
  const client = useQueryClient()
  const trial = useQuery(jobQuery(number)).data
  // what becomes of the trial changes the plan of the whole
  const now = trial?.state
  useEffect(() => { if (now !== undefined && now !== state) void client.invalidateQueries({ queryKey: ['job', of] }) }, [client, now, state, of])
  if (!trial) return null
  return (
    <div className={classes.trial}>
      <div className={classes.bar} style={{ margin: 0 }}>
        <strong>{texts.name(trial.rows)}</strong><StateMark state={trial.state} interrupted={trial.interrupted} />
        <Link to="/jobs/$job" params={{ job: String(number) }}>{words.jobs.job(number)}</Link>
        {trial.counts.created + trial.counts.flagged > 0 && trial.state === 'done' && <Link to="/records/$object" params={{ object: trial.object }} search={{ job: number }}>{texts.look(trial.counts.created + trial.counts.flagged)}</Link>}
        <span style={{ marginLeft: 'auto' }} /><JobActions job={trial} />
      </div>
      {isMoving(trial.state) ? <JobProgress job={trial} /> : <OutcomeBar counts={trial.counts} />}
      {kept > 0 && <p style={{ margin: 0 }}>{texts.kept(kept)}</p>}
    </div>
  )
}
