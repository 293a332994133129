import { useEffect, useRef, useState } from 'react'
import type { JobDetails } from '@longshore/contract'
import { share } from '../ui/number.ts'
import { useTitle } from '../ui/page.tsx'
import { words } from '../words/words.ts'
import { OutcomeBar } from './outcome-bar.tsx'
import classes from './job-page.module.css'

/** How often those who hear the page are told. */
const announceEveryMs = 5_000

/** How far a job is: phase, bar, figures, and that one may leave. */
export function JobProgress({ job }: { job: JobDetails }) {
  const done = Object.values(job.counts).reduce((sum, value) => sum + value, 0)
  const known = job.rows > 0 && job.state === 'running'
  const texts = words.jobs.progress
  const line = known ? texts.rowsOf(done, job.rows) : job.rows > 0 ? texts.rowsSoFar(job.rows) : words.jobs.states[job.state]
  const said = useSlow(line)
  useTitle(known ? `${share(done, job.rows)} · ${words.jobs.job(job.job)}` : words.jobs.job(job.job))
  return (
    <div className={classes.progress}>
      <div className={classes.progressHead}><strong>{words.jobs.states[job.state]}</strong><span>{line}{known && ` · ${share(done, job.rows)}`}</span></div>
      <div className={classes.track} data-open={known ? undefined : true} role="progressbar" aria-label={texts.name(job.job)} {...(known ? { 'aria-valuenow': done, 'aria-valuemin': 0, 'aria-valuemax': job.rows, 'aria-valuetext': line } : {})}>
        <div className={classes.fill} style={known ? { width: `${(done / job.rows) * 100}%` } : {}} />
      </div>
      <OutcomeBar counts={job.counts} />
      <span className={classes.quiet}>{texts.leave}</span>
      <span className="visually-hidden" role="status">{said}</span>
    </div>
  )
}

/** The value as it was at most so long ago: a screen reader is not talked over. */
function useSlow(value: string): string {
  const [said, setSaid] = useState(value)
  const latest = useRef(value)
  latest.current = value
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), announceEveryMs)
    return () => clearInterval(timer)
  }, [])
  return said
}
