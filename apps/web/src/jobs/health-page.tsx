import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { JobAnswer } from '@longshore/contract'
import { get } from '../client/api.ts'
import { useObjects } from '../client/queries.ts'
import { count, share } from '../ui/number.ts'
import { Page } from '../ui/page.tsx'
import { Failure, SkeletonRows } from '../ui/states.tsx'
import table from '../ui/table.module.css'
import { ago, dateOnly } from '../ui/time.ts'
import { words } from '../words/words.ts'
import { failedShare, groupsOf, healthJobs, scaleOf } from './import-health.ts'
import type { HealthGroup } from './import-health.ts'
import { jobTitle } from './jobs-page.tsx'
import { NoJobs } from './no-jobs.tsx'
import classes from './health-page.module.css'

const texts = words.jobs.health
const pageJobs = 200
const mostPages = 5
const shownBars = 40

/** Error rates of imports over time, by what their files are called and by saved mapping: where a list gets worse, it shows. */
export function HealthPage() {
  const objects = useObjects()
  const label = (name: string) => objects.find((object) => object.name === name)?.pluralLabel ?? name
  const jobs = useQuery({ queryKey: ['jobs', 'health'], queryFn: ({ signal }) => latestJobs(signal), staleTime: 30_000 })
  const imports = healthJobs(jobs.data ?? [])
  return (
    <Page title={texts.title} about={imports.length > 0 ? <span>{texts.about(imports.length)}</span> : null}>
      {jobs.isPending && <SkeletonRows />}
      {jobs.isError && <Failure error={jobs.error} retry={() => void jobs.refetch()} />}
      {jobs.isSuccess && imports.length === 0 && <NoJobs text={texts.noneText} />}
      {imports.length > 0 && (
        <>
          <h2 className={classes.heading}>{texts.chart}</h2>
          <Bars jobs={imports.slice(0, shownBars).toReversed()} />
          <h2 className={classes.heading}>{texts.bySource}</h2>
          <Groups groups={groupsOf(imports, ({ source, object }) => `${sourceName(source)} · ${label(object)}`)} what={texts.source} />
          <h2 className={classes.heading}>{texts.byMapping}</h2>
          <Groups groups={groupsOf(imports, ({ savedMapping, object }) => `${savedMapping ?? texts.noMapping} · ${label(object)}`)} what={texts.mapping} />
        </>
      )}
    </Page>
  )
}

/** One bar an import, oldest first: the share of its rows that failed, beside a scale that ends above the largest. */
function Bars({ jobs }: { jobs: readonly JobAnswer[] }) {
  const most = scaleOf(Math.max(...jobs.map(failedShare)))
  return (
    <div className={classes.chart}>
      <div className={classes.scale} aria-hidden>{[most, most / 2, 0].map((part) => <span key={part}>{share(part, 1)}</span>)}</div>
      <ol className={classes.bars} aria-label={texts.chart}>
        {jobs.map((job) => {
          const said = texts.bar(jobTitle(job), dateOnly(job.createdAt), count(job.counts.failed), count(job.rows), share(job.counts.failed, job.rows))
          return <li key={job.job}><Link to="/jobs/$job" params={{ job: String(job.job) }} title={said} aria-label={said}><i style={{ height: `${Math.max(2, failedShare(job) / most * 100)}%` }} data-none={job.counts.failed === 0 || undefined} /></Link></li>
        })}
      </ol>
    </div>
  )
}

function Groups({ groups, what }: { groups: readonly HealthGroup[]; what: string }) {
  return (
    <div className={table.wrap} tabIndex={0} role="region" aria-label={what}>
      <table className={table.table}>
        <thead><tr><th>{what}</th><th className={`${table.number} ${table.wide}`}>{texts.imports}</th><th className={table.number}>{words.jobs.columns.rows}</th><th className={table.number}>{texts.failed}</th><th className={`${table.number} ${table.wide}`}>{texts.last}</th><th>{texts.trend}</th><th className={table.wide}>{texts.when}</th></tr></thead>
        <tbody>{groups.map((group) => (
          <tr key={group.name}>
            <td className={classes.name}>{group.name}</td><td className={`${table.number} ${table.wide}`}>{count(group.imports)}</td><td className={table.number}>{count(group.rows)}</td>
            <td className={table.number}>{count(group.failed)}{group.rows > 0 && <span className={table.quiet}> · {share(group.failed, group.rows)}</span>}</td>
            <td className={`${table.number} ${table.wide}`}>{share(group.lastFailed, group.lastRows)}</td>
            <td>{texts.trends[group.trend]}</td><td className={`${table.quiet} ${table.wide}`}>{ago(group.at)}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  )
}

function sourceName(source: string | null): string {
  return source?.split(/[/\\]/).at(-1) ?? texts.noSource
}

async function latestJobs(signal: AbortSignal): Promise<JobAnswer[]> {
  const all: JobAnswer[] = []
  let cursor: string | null = ''
  for (let page = 0; page < mostPages && cursor !== null; page++) {
    const { items, next }: { items: JobAnswer[]; next: string | null } = await get('/v1/jobs', { limit: pageJobs, cursor }, signal)
    all.push(...items)
    cursor = next
  }
  return all
}
