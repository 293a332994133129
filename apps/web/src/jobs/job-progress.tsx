import { useEffect, useRef, useState } from 'react'
import type { JobDetails } from '@longshore/contract'
import { useLive, usePace } from '../client/live.ts'
import { roughly, share } from '../ui/number.ts'
import { useTitle } from '../ui/page.tsx'
import { dateAndTime, duration } from '../ui/time.ts'
import { words } from '../words/words.ts'
import { OutcomeBar } from './outcome-bar.tsx'
import { shownState } from './shown-state.ts'
import classes from './job-page.module.css'

/** How often those who hear the page are told. */
const announceEveryMs = 5_000

/** How far a job is: phase, bar, figures, pace, and that one may leave. */
export function JobProgress({ job }: { job: JobDetails }) {
  const texts = words.jobs.progress
  const pace = usePace(job.job)
  const live = useLive()
  const written = Object.values(job.counts).reduce((sum, value) => sum + value, 0)
  // of a job that waits for its turn the figures are those of its plan
  const planned = job.figures === 'planned'
  const done = pace?.done ?? (planned ? 0 : written)
  const total = pace ? pace.total : job.rows > 0 && job.state === 'running' ? job.rows : null
  const known = total !== null && total > 0
  const phase = job.interrupted ? words.jobs.states.interrupted : pace ? words.jobs.phases[pace.phase] ?? pace.phase : words.jobs.states[shownState(job)]
  const line = known ? texts.rowsOf(Math.min(done, total), total) : done > 0 ? texts.rowsSoFar(done) : ''
  const rest = known && pace?.perSecond && pace.watchedSeconds >= tellsAfterSeconds ? timeLeft((total - done) / pace.perSecond) : null
  const said = useSlow(`${phase} ${line}`)
  useTitle(known ? `${share(done, total)} · ${words.jobs.job(job.job)}` : words.jobs.job(job.job))
  return (
    <div className={classes.progress}>
      <div className={classes.progressHead}><strong>{phase}</strong><span>{line}{known && ` · ${share(Math.min(done, total), total)}`}</span></div>
      <div className={classes.track} data-open={known ? undefined : true} role="progressbar" aria-label={texts.name(job.job)} {...(known ? { 'aria-valuenow': Math.min(done, total), 'aria-valuemin': 0, 'aria-valuemax': total, 'aria-valuetext': line } : {})}>
        <div className={classes.fill} style={known ? { width: `${(Math.min(done, total) / total) * 100}%` } : {}} />
      </div>
      {(pace?.perSecond || rest) && <span className={classes.quiet}>{[pace?.perSecond ? texts.rate(roughly(pace.perSecond)) : null, rest].filter(Boolean).join(' · ')}</span>}
      <OutcomeBar counts={job.counts} planned={planned} />
      {job.interrupted && <p className={classes.note}>{texts.interrupted}</p>}
      {job.waiting && <p className={classes.note}>{texts.waiting}</p>}
      <span className={classes.quiet}>{job.state === 'queued' && (job.startAt ? `${texts.startsAt(dateAndTime(job.startAt))} ` : job.queuePosition ? `${texts.queued(job.queuePosition)} ` : '')}{texts.leave}{!live && ` ${words.nav.livePaused}.`}</span>
      <span className="visually-hidden" role="status">{said}</span>
    </div>
  )
}

/** An estimate tells nothing before. */
const tellsAfterSeconds = 5

/** A range: what is left by the pace so far, and half as much again. */
function timeLeft(seconds: number): string {
  return words.jobs.progress.left(duration(Math.max(1, seconds)), duration(Math.max(1, seconds * 1.5)))
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
