import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { FixesAnswer, JobDetails } from '@longshore/contract'
import { get } from '../client/api.ts'
import { isMoving, jobQuery, useObject, useObjects } from '../client/queries.ts'
import { Page } from '../ui/page.tsx'
import { StateMark } from '../ui/state-mark.tsx'
import { Failure, SkeletonRows } from '../ui/states.tsx'
import { dateAndTime } from '../ui/time.ts'
import { words } from '../words/words.ts'
import { DiffSamples } from './diff-samples.tsx'
import { FilesTable } from './files-table.tsx'
import { IssuesTable } from './issues-table.tsx'
import { JobActions } from './job-actions.tsx'
import { JobChanges } from './job-changes.tsx'
import { JobColumns } from './job-columns.tsx'
import { JobProgress } from './job-progress.tsx'
import { JobRows } from './job-rows.tsx'
import { RepeatButton } from './repeat-button.tsx'
import { jobTitle } from './jobs-page.tsx'
import { OutcomeFigures } from './outcome-bar.tsx'
import { relatedFacts } from './related-facts.ts'
import { skippedFacts } from './skipped-facts.ts'
import { shownState } from './shown-state.ts'
import { UndoNote } from './undo-note.tsx'
import classes from './job-page.module.css'

/** One job: what became of every row, what changed, what was wrong, and the way back. */
export function JobPage() {
  const { job: number } = useParams({ from: '/shell/jobs/$job' })
  const job = useQuery(jobQuery(Number(number)))
  if (job.isPending) return <Page title={words.jobs.job(Number(number))}><SkeletonRows /></Page>
  if (job.isLoadingError) return <Page title={words.jobs.job(Number(number))}><Failure error={job.error} retry={() => void job.refetch()} /></Page>
  return <Loaded job={job.data} />
}

function Loaded({ job }: { job: JobDetails }) {
  const object = useObject(job.object)
  const navigate = useNavigate()
  const { tab = 'summary', rows } = useSearch({ from: '/shell/jobs/$job' })
  const texts = words.jobs
  const hasRows = job.kind === 'import' && !['draft', 'checking', 'queued'].includes(job.state) && job.rows > 0
  // only of imports whose rows are kept as their file has them; of others the server knows none
  const hasFixes = useQuery({ queryKey: ['rows', job.job, 'fixes'], queryFn: ({ signal }) => get<FixesAnswer>(`/v1/jobs/${job.job}/fixes`, {}, signal), retry: false, enabled: hasRows }).isSuccess
  return (
    <Page
      title={jobTitle(job)}
      about={<><StateMark state={shownState(job)} interrupted={job.interrupted} /><span>{texts.kinds[job.kind]} · {object?.pluralLabel ?? job.object}{job.kind === 'import' && ` · ${texts.operations[job.operation] ?? job.operation}`} · {texts.job(job.job)}</span></>}
      actions={<><RepeatButton job={job} /><JobActions job={job} /></>}
    >
      {job.error && <Failure error={job.error} />}
      {job.undoneBy !== null && <p className={classes.note}><Link to="/jobs/$job" params={{ job: String(job.undoneBy) }}>{texts.undoneBy(job.undoneBy)}</Link></p>}
      {job.undoes !== null && <p className={classes.note}><Link to="/jobs/$job" params={{ job: String(job.undoes) }}>{texts.undoes(job.undoes)}</Link></p>}
      {job.state === 'paused' && <p className={classes.note}>{texts.paused(Object.values(job.counts).reduce((sum, rows) => sum + rows, 0))}</p>}
      <UndoNote job={job} />
      {isMoving(job.state) && <JobProgress job={job} />}
      {!isMoving(job.state) && <OutcomeFigures counts={job.counts} rows={job.rows} planned={job.state === 'planned'} />}
      <Tabs value={tab} onChange={(value) => void navigate({ to: '/jobs/$job', params: { job: String(job.job) }, search: value && value !== 'summary' ? { tab: value } : {}, replace: true, resetScroll: false })} mt="lg" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="summary">{texts.tabs.summary}</Tabs.Tab>
          {job.issues.length > 0 && <Tabs.Tab value="issues">{texts.tabs.issues}</Tabs.Tab>}
          {hasRows && <Tabs.Tab value="rows">{texts.tabs.rows}</Tabs.Tab>}
          {job.kind === 'import' && <Tabs.Tab value="columns">{texts.tabs.mapping}</Tabs.Tab>}
          {job.dryRun || hasFixes ? <Tabs.Tab value="changes">{texts.tabs.changes}</Tabs.Tab> : null}
          <Tabs.Tab value="files">{texts.tabs.files}</Tabs.Tab>
          <Tabs.Tab value="definition">{texts.tabs.definition}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="summary" pt="md"><Summary job={job} /></Tabs.Panel>
        <Tabs.Panel value="issues" pt="md"><IssuesTable issues={job.issues} /></Tabs.Panel>
        <Tabs.Panel value="rows" pt="md"><JobRows job={job.job} first={rows} planned={job.figures === 'planned'} /></Tabs.Panel>
        <Tabs.Panel value="columns" pt="md"><JobColumns definition={job.definition} object={object} /></Tabs.Panel>
        <Tabs.Panel value="changes" pt="md"><JobChanges job={job.job} /></Tabs.Panel>
        <Tabs.Panel value="files" pt="md"><FilesTable files={job.artifacts} /></Tabs.Panel>
        <Tabs.Panel value="definition" pt="md"><pre className={classes.definition} tabIndex={0}>{JSON.stringify(job.definition, null, 2)}</pre></Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function Summary({ job }: { job: JobDetails }) {
  const objects = useObjects()
  const texts = words.jobs
  const withValues = job.leftOut.filter(({ values }) => values !== 0)
  const unsure = withValues.filter(({ suggested }) => suggested !== null)
  const homeless = withValues.filter(({ suggested }) => suggested === null)
  const nameOf = ({ header, position }: JobDetails['leftOut'][number]) => header || `#${position}`
  const facts = [
    job.dryRun && job.state === 'planned' ? texts.dryRun : null,
    ...skippedFacts(job), ...relatedFacts(job, objects),
    job.warnings > 0 ? texts.warnings(job.warnings) : null,
    job.replanned > 0 ? texts.replanned(job.replanned) : null,
    job.kept ? texts.kept(job.kept) : null,
    ...unsure.map((column) => texts.unsure(nameOf(column), column.suggested ?? '')),
    homeless.length > 0 ? `${texts.leftOut(homeless.length)}: ${homeless.map(nameOf).join(', ')}` : null,
    ...job.readingWarnings,
  ].filter((fact) => fact !== null)
  return (
    <>
      <ul className={classes.facts}>
        {facts.map((fact) => <li key={fact}>{fact}</li>)}
        <li className={classes.quiet}>{job.figures === 'planned' ? texts.made : texts.columns.started} {dateAndTime(job.createdAt)}{job.finishedAt && ` · ${texts.took(job.seconds, job.rowsPerSecond)}`}</li>
      </ul>
      {job.preview && job.preview.diffs.length > 0 && <DiffSamples diffs={job.preview.diffs} />}
      {job.preview && job.preview.relatedDiffs.length > 0 && <DiffSamples diffs={job.preview.relatedDiffs} title={words.jobs.preview.relatedTitle} />}
      {job.unknownValues.length > 0 && (
        <section>
          <h2 className={classes.heading}>{texts.unknown.title}</h2>
          <ul className={classes.facts}>{job.unknownValues.slice(0, 12).map((entry) => <li key={entry.column + entry.value}>{texts.unknown.line(entry.value, entry.column, entry.nearest)} <span className={classes.quiet}>{texts.rows(entry.count)}</span></li>)}</ul>
        </section>
      )}
    </>
  )
}
