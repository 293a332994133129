import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { JobAnswer, JobDetails } from '@longshore/contract'
import { get, send } from '../../client/api.ts'
import { mayOn } from '../../client/may.ts'
import { isMoving, useObject, useObjects } from '../../client/queries.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { DiffSamples } from '../../jobs/diff-samples.tsx'
import { FilesTable } from '../../jobs/files-table.tsx'
import { JobActions } from '../../jobs/job-actions.tsx'
import { JobProgress } from '../../jobs/job-progress.tsx'
import { OutcomeFigures } from '../../jobs/outcome-bar.tsx'
import { relatedFacts } from '../../jobs/related-facts.ts'
import { skippedFacts } from '../../jobs/skipped-facts.ts'
import { shownState } from '../../jobs/shown-state.ts'
import { undoLimit, useUndoDays } from '../../jobs/undo-limit.ts'
import { UndoNote } from '../../jobs/undo-note.tsx'
import { membersQuery, rolesQuery } from '../../settings/settings-queries.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { roughly } from '../../ui/number.ts'
import { objectNoun } from '../../ui/object-noun.ts'
import { Failure } from '../../ui/states.tsx'
import { dateAndTime, dateOnly, duration } from '../../ui/time.ts'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import { beginCheck } from '../begin-check.ts'
import type { DraftStore } from '../draft-store.ts'
import { DraftNotices } from '../draft-notices.tsx'
import { useDraftState } from '../use-draft.ts'
import classes from '../wizard.module.css'
import { WizardFrame } from '../wizard-frame.tsx'
import type { WizardFrameProps } from '../wizard-frame.tsx'
import { Trials, hasOpenTrial, hasStandingTrial } from './trials.tsx'
import { usualRate } from './usual-rate.ts'

const texts = importWords.run
/** Few enough to be looked at one by one. */
const trialRows = 100

interface RunStepProps { job: JobDetails; store: DraftStore | null; linkTo: WizardFrameProps['linkTo']; about: string }

/** What will be done, in exact numbers; then how it goes; then what came of it, and the way back. */
export function RunStep({ job, store, linkTo, about }: RunStepProps) {
  if (job.state === 'planned' && job.dryRun) return <BeforeRun job={job} store={store} linkTo={linkTo} about={about} />
  const state = shownState(job)
  const title = state === 'scheduled' ? texts.scheduled(dateAndTime(job.startAt ?? '')) : texts.titles[state] ?? words.jobs.states[state]
  return (
    <WizardFrame step="run" linkTo={linkTo} about={about} title={title} extra={<><JobActions job={job} /><LinkButton to="/jobs/$job" params={{ job: String(job.job) }} variant="default">{texts.details}</LinkButton></>}>
      {isMoving(job.state) ? <JobProgress job={job} /> : <OutcomeFigures counts={job.counts} rows={job.rows} />}
      {job.state === 'paused' && <p>{words.jobs.paused(Object.values(job.counts).reduce((sum, rows) => sum + rows, 0))}</p>}
      <UndoNote job={job} />
      <Trials job={job} />
      {job.state === 'done' && <Done job={job} />}
      {job.error && <Failure error={job.error} />}
      {!isMoving(job.state) && job.artifacts.length > 0 && <><h2 className={classes.section}>{words.jobs.tabs.files}</h2><FilesTable files={job.artifacts} /></>}
    </WizardFrame>
  )
}

function BeforeRun({ job, store, linkTo, about }: RunStepProps) {
  const client = useQueryClient()
  const object = useObject(job.object)
  const objects = useObjects()
  const [later, setLater] = useState('')
  const days = useUndoDays()
  const earlier = useQuery({ queryKey: ['jobs', 'rate'], queryFn: ({ signal }) => get<{ items: JobAnswer[] }>('/v1/jobs', { limit: 100 }, signal) }).data?.items
  const start = useMutation({
    mutationFn: () => send<JobDetails>('POST', `/v1/jobs/${job.job}/apply`, later === '' ? {} : { startAt: new Date(later).toISOString() }, { headers: { 'idempotency-key': crypto.randomUUID() } }),
    onSuccess: (begun) => client.setQueryData(['job', job.job], begun), onSettled: () => client.invalidateQueries({ queryKey: ['job', job.job] }),
  })
  const trial = useMutation({
    mutationFn: () => send<JobDetails>('POST', `/v1/jobs/${job.job}/trial`, { rows: trialRows }, { headers: { 'idempotency-key': crypto.randomUUID() } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['job', job.job] }),
  })
  const plan = useMutation({ mutationFn: () => send<JobDetails>('POST', `/v1/jobs/${job.job}/plan`, {}), onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['job', job.job] }), client.invalidateQueries({ queryKey: ['rows', job.job] })]) })
  const { counts } = job
  const trying = hasOpenTrial(job)
  const tried = hasStandingTrial(job)
  // its plan is made again after a trial, as after a correction
  const outdated = job.rows > 0 && Object.values(counts).every((rows) => rows === 0)
  const writes = counts.created + counts.updated + counts.deleted + counts.flagged
  const rate = usualRate(earlier ?? [])
  const notes = [
    ...(outdated ? [] : [...skippedFacts(job), ...relatedFacts(job, objects)]),
    ...(counts.excluded > 0 && tried ? [importWords.trial.tried] : []),
    ...job.colleagues.map((one) => texts.colleague(one.by, one.job)),
    ...(rate === null ? [] : [texts.takes(duration(Math.max(1, roughly(job.rows / rate))))]),
    texts.undoable(dateOnly(undoLimit(new Date(later === '' ? Date.now() : later).toISOString(), days, 0).until ?? '')),
  ]
  const inThePast = later !== '' && new Date(later).getTime() < Date.now()
  return (
    <WizardFrame
      step="run" linkTo={linkTo} about={about} title={texts.title} status={trying ? importWords.trial.open : outdated ? (tried ? importWords.trial.again : importWords.check.notPlanned) : tried ? '' : texts.nothingYet}
      extra={!trying && !outdated && later === '' && writes > trialRows && <Button variant="default" title={importWords.trial.about} loading={trial.isPending} onClick={() => trial.mutate()}>{job.trials.length === 0 ? importWords.trial.start(trialRows) : importWords.trial.next(trialRows)}</Button>}
      main={outdated ? { label: importWords.check.plan, run: () => plan.mutate(), loading: plan.isPending, disabled: trying } : { label: later === '' ? texts.start(writes) : texts.startLater(writes), run: () => start.mutate(), loading: start.isPending, disabled: writes === 0 || inThePast || trying }}
    >
      {store && <DraftNotices store={store} />}
      {(start.error ?? trial.error ?? plan.error) && <Failure error={start.error ?? trial.error ?? plan.error} />}
      {!outdated && <OutcomeFigures counts={counts} rows={job.rows} planned />}
      <Trials job={job} />
      <ul className={classes.notes} data-plain style={{ maxWidth: 780 }}>{notes.map((note) => <li key={note}>{note}</li>)}</ul>
      <div className={classes.facts}>
        {store && <OwnerChoice store={store} object={job.object} />}
        <TextInput type="datetime-local" label={texts.later} description={texts.laterText} value={later} error={inThePast ? texts.past : undefined} onChange={({ currentTarget }) => setLater(currentTarget.value)} />
      </div>
      {!outdated && job.preview && job.preview.diffs.length > 0 && <DiffSamples diffs={job.preview.diffs} labelOf={(field) => object?.fields.find((one) => one.name === field)?.label ?? field} />}
    </WizardFrame>
  )
}

/** Who owns what no row gives an owner: whoever may change such records is offered. Changing it makes the plan again. */
function OwnerChoice({ store, object }: { store: DraftStore; object: string }) {
  const roles = useQuery(rolesQuery).data ?? []
  const members = (useQuery(membersQuery).data ?? []).filter(({ role }) => roles.some(({ name, objects }) => name === role && mayOn(objects, object, 'write')))
  const { definition } = useDraftState(store)
  const again = useMutation({ mutationFn: (owner: string) => { store.change({ owner: owner === '' ? undefined : owner } as Parameters<DraftStore['change']>[0]); return beginCheck(store) } })
  const owner = Array.isArray(definition.owner) ? definition.owner.join(', ') : definition.owner ?? ''
  return (
    <div>
      <NativeSelect label={texts.owner} description={texts.ownerText} value={owner} disabled={again.isPending} onChange={({ currentTarget }) => again.mutate(currentTarget.value)} data={[{ value: '', label: texts.ownerMe }, ...new Set([...members.map(({ email }) => email), ...(owner === '' ? [] : [owner])])]} />
      {again.isError && <Failure error={again.error} />}
    </div>
  )
}

function Done({ job }: { job: JobDetails }) {
  const { created, failed, flagged, updated } = job.counts
  const objects = useObjects()
  const news = (name: string, records: number) => texts.newRecords(records, objectNoun(objects, name, records))
  return (
    <ul className={classes.notes} data-plain style={{ maxWidth: 780 }}>
      {created + flagged > 0 && <li><Link to="/records/$object" params={{ object: job.object }} search={{ job: job.job }}>{texts.showRecords(news(job.object, created + flagged))}</Link></li>}
      {Object.entries(job.related).filter(([, records]) => records > 0).map(([name, records]) => <li key={name}><Link to="/records/$object" params={{ object: name }} search={{ job: job.job }}>{texts.showRelated(news(name, records))}</Link></li>)}
      {failed > 0 && <li><Link to="/jobs/$job" params={{ job: String(job.job) }} search={{ tab: 'rows', rows: 'errors' }}>{texts.showFailed(failed)}</Link></li>}
      <li><Link to="/jobs/$job" params={{ job: String(job.job) }} search={{ tab: 'rows' }}>{texts.showRows(job.rows)}</Link></li>
      {skippedFacts(job).map((fact) => <li key={fact}>{fact}</li>)}
      {updated > 0 && <li>{texts.updated(updated)}</li>}
      {flagged > 0 && <li><Link to="/review">{texts.review(flagged)}</Link></li>}
    </ul>
  )
}
