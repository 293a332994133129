import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { JobDetails } from '@longshore/contract'
import { isUnreachable } from '../client/problem.ts'
import { jobQuery, useObject } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import { JobActions } from '../jobs/job-actions.tsx'
import { JobProgress } from '../jobs/job-progress.tsx'
import { jobTitle } from '../jobs/jobs-page.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Failure, SkeletonRows } from '../ui/states.tsx'
import { importWords } from '../words/imports.ts'
import { words } from '../words/words.ts'
import { beginCheck } from './begin-check.ts'
import { CheckStep } from './check/check-step.tsx'
import { DraftNotices } from './draft-notices.tsx'
import type { DraftStore } from './draft-store.ts'
import { MapStep } from './map/map-step.tsx'
import { MatchStep } from './match/match-step.tsx'
import { RunStep } from './run/run-step.tsx'
import { UploadStep } from './upload/upload-step.tsx'
import { useDraftState, useDraftStore } from './use-draft.ts'
import { WizardFrame, steps } from './wizard-frame.tsx'
import type { Step, WizardFrameProps } from './wizard-frame.tsx'

/** The steps of an import, all of which the server keeps: the address is all that another browser needs. */
export function ImportJobPage() {
  const { job: number, step } = useParams({ from: '/shell/imports/$job/$step' })
  const job = useQuery(jobQuery(Number(number)))
  const draft = useDraftStore(Number(number))
  if (job.isLoadingError) return <div style={{ padding: 24 }}><Failure error={job.error} retry={() => void job.refetch()} /></div>
  if (draft.error) return <div style={{ padding: 24 }}><Failure error={draft.error} retry={draft.retry} /></div>
  if (job.isPending || draft.store === undefined) return <div style={{ padding: 24 }}><SkeletonRows /></div>
  return <Loaded key={number} job={job.data} store={draft.store} step={steps.find((one) => one === step) ?? 'check'} />
}

/** What may be changed of an import: before it has begun, and not while its rows are being checked. */
const changeable = new Set(['draft', 'planned', 'failed', 'paused'])

function Loaded({ job, store, step }: { job: JobDetails; store: DraftStore | null; step: Step }) {
  const object = useObject(job.object)
  const open = store !== null && job.dryRun && changeable.has(job.state)
  const planned = job.state === 'planned'
  const linkTo = (to: Step) => (to === 'check' || to === 'run' ? planned : open) ? { job: job.job, step: to } : null
  const about = `${jobTitle(job)} · ${job.rows > 0 ? `${words.jobs.rows(job.rows)} · ` : ''}${object?.pluralLabel ?? job.object}`
  const frame = { linkTo, about }
  if (!object) return <SkeletonRows />
  if (open && step === 'upload') return <UploadStep store={store} job={job} object={object} {...frame} />
  if (open && step === 'map') return <MapStep store={store} job={job} object={object} {...frame} />
  if (open && step === 'match') return <MatchStep store={store} job={job} object={object} {...frame} />
  if (job.dryRun && (job.state === 'checking' || job.state === 'queued')) {
    return <WizardFrame step="check" {...frame} title={importWords.check.running} extra={<JobActions job={job} />}><JobProgress job={job} /></WizardFrame>
  }
  if (store && open && job.state === 'paused') {
    return <WizardFrame step="check" {...frame} title={importWords.check.paused} extra={<JobActions job={job} />}><DraftNotices store={store} /><p>{importWords.check.pausedText}</p></WizardFrame>
  }
  if (store && open && !planned) return <NotChecked store={store} job={job} frame={frame} />
  if (planned && step === 'check') return <CheckStep job={job} store={store} {...frame} />
  return <RunStep job={job} store={open ? store : null} {...frame} />
}

/** A draft whose rows are still to be checked, or whose check has a question. */
function NotChecked({ store, job, frame }: { store: DraftStore; job: JobDetails; frame: Pick<WizardFrameProps, 'linkTo' | 'about'> }) {
  const navigate = useNavigate()
  const { draft } = useDraftState(store)
  const begin = useMutation({ mutationFn: () => beginCheck(store) })
  const error = job.error ?? draft.error
  useEffect(() => { if (begin.isSuccess) void navigate({ to: '/imports/$job/$step', params: { job: String(job.job), step: 'check' }, replace: true }) }, [begin.isSuccess, navigate, job.job])
  const texts = importWords.check
  return (
    <WizardFrame step="check" {...frame} title={error ? texts.question : texts.notChecked} main={error ? null : { label: importWords.match.next, run: () => begin.mutate(), loading: begin.isPending }}>
      <DraftNotices store={store} />
      {begin.isError && <Failure error={begin.error} {...isUnreachable(begin.error) ? {} : { title: importWords.match.refused }} />}
      {error ? <Failure error={error} title={importWords.match.refused} /> : <p>{texts.notCheckedText}</p>}
      {error && <LinkButton to="/imports/$job/$step" params={{ job: String(job.job), step: stepOfPath(error.path) }}>{texts.answer(importWords.steps[stepOfPath(error.path)])}</LinkButton>}
    </WizardFrame>
  )
}

/** The step at which a setting of the definition is chosen. */
function stepOfPath(path: string | undefined): Step {
  if (path === undefined || /^(columns|defaults|dates|decimal|timeZone|savedMapping)/.test(path)) return 'map'
  return /^(source|object)/.test(path) ? 'upload' : 'match'
}
