import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { JobAnswer } from '@longshore/contract'
import { get } from '../client/api.ts'
import { isLive } from '../client/live.ts'
import { isMoving, liveCheckMs, pollMs, useObjects } from '../client/queries.ts'
import { count } from '../ui/number.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { Page } from '../ui/page.tsx'
import { StateMark } from '../ui/state-mark.tsx'
import { Failure, SkeletonRows } from '../ui/states.tsx'
import { dateAndTime, duration, shortMoment } from '../ui/time.ts'
import table from '../ui/table.module.css'
import classes from './outcome-bar.module.css'
import { words } from '../words/words.ts'
import { NoJobs } from './no-jobs.tsx'
import { OutcomeBar } from './outcome-bar.tsx'
import { shownState } from './shown-state.ts'

/** All jobs, newest first, live. */
export function JobsPage() {
  const jobs = useInfiniteQuery({
    queryKey: ['jobs'],
    queryFn: ({ pageParam, signal }) => get<{ items: JobAnswer[]; next: string | null }>('/v1/jobs', { cursor: pageParam }, signal),
    initialPageParam: '', getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) => state.data?.pages.some((page) => page.items.some((job) => isMoving(job.state))) ? isLive() ? liveCheckMs : pollMs : false,
  })
  const items = jobs.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Page title={words.jobs.title} actions={<LinkButton variant="default" to="/jobs/health">{words.jobs.health.title}</LinkButton>}>
      {jobs.isError && <Failure error={jobs.error} retry={() => void jobs.refetch()} />}
      {jobs.isPending && <SkeletonRows />}
      {jobs.isSuccess && items.length === 0 && <NoJobs />}
      {items.length > 0 && <JobTable jobs={items} />}
      {jobs.hasNextPage && <Button mt="sm" variant="default" loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>{words.jobs.older}</Button>}
    </Page>
  )
}

export function JobTable({ jobs }: { jobs: JobAnswer[] }) {
  const objects = useObjects()
  const label = (name: string) => objects.find((object) => object.name === name)?.pluralLabel ?? name
  const texts = words.jobs.columns
  return (
    <div className={table.wrap} tabIndex={0} role="region" aria-label={words.jobs.title}>
      <table className={table.table}>
        <thead><tr><th>{texts.what}</th><th className={table.wide}>{texts.object}</th><th>{texts.state}</th><th className={`${table.number} ${table.wide}`}>{texts.rows}</th><th>{texts.outcome}</th><th className={table.wide}>{texts.started}</th><th className={`${table.number} ${table.wide}`}>{texts.took}</th></tr></thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.job}>
              <td><JobLink job={job} /></td>
              <td className={table.wide}>{label(job.object)}</td>
              <td><StateMark state={shownState(job)} interrupted={job.interrupted} /></td>
              <td className={`${table.number} ${table.wide}`}>{count(job.rows)}</td>
              <td className={classes.outcome}><OutcomeBar counts={job.counts} planned={job.figures === 'planned'} /></td>
              <td className={`${table.tight} ${table.wide}`}><time dateTime={job.createdAt} title={dateAndTime(job.createdAt)}>{shortMoment(job.createdAt)}</time></td>
              <td className={`${table.number} ${table.quiet} ${table.wide}`}>{job.finishedAt ? duration(job.seconds) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A draft or a checked plan goes on in the wizard; everything else has its page. */
function JobLink({ job }: { job: JobAnswer }) {
  return <Link to="/jobs/$job" params={{ job: String(job.job) }}>{jobTitle(job)}</Link>
}

export function jobTitle(job: Pick<JobAnswer, 'kind' | 'job' | 'source' | 'undoes' | 'trialOf'>): string {
  if (job.kind === 'undo' && job.undoes !== null) return words.jobs.undoOf(job.undoes)
  if (job.kind === 'edit') return words.jobs.mergeOf
  const source = job.source ? job.source.split(/[/\\]/).at(-1) ?? job.source : words.jobs.job(job.job)
  return job.trialOf === null ? source : words.jobs.trialOf(source)
}
