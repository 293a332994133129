import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { JobDetails } from '@longshore/contract'
import { jobQuery, useObject } from '../client/queries.ts'
import { count } from '../ui/number.ts'
import { JobProgress } from '../jobs/job-progress.tsx'
import { jobTitle } from '../jobs/jobs-page.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Failure, SkeletonRows } from '../ui/states.tsx'
import { words } from '../words/words.ts'
import { CheckStep } from './check/check-step.tsx'
import { draftOfJob } from './draft.ts'
import { RunStep } from './run/run-step.tsx'
import { WizardFrame } from './wizard-frame.tsx'
import type { StepPlace } from './step-link.tsx'
import type { Step } from './wizard-frame.tsx'

/** The steps of an import that the server keeps: the address is all that another browser needs. */
export function ImportJobPage() {
  const { job: number, step } = useParams({ from: '/shell/imports/$job/$step' })
  const job = useQuery(jobQuery(Number(number)))
  if (job.isPending) return <SkeletonRows />
  if (job.isError) return <div style={{ padding: 24 }}><Failure error={job.error} retry={() => void job.refetch()} /></div>
  return <Loaded job={job.data} step={step === 'run' ? 'run' : 'check'} />
}

function Loaded({ job, step }: { job: JobDetails; step: 'check' | 'run' }) {
  const object = useObject(job.object)
  const draft = draftOfJob(job.job)
  const planned = job.state === 'planned'
  const linkTo = (to: Step): StepPlace | null => {
    if (to === 'upload' || to === 'map' || to === 'match') return draft && (planned || job.state === 'failed') ? { kind: 'draft', search: { draft, ...(to === 'upload' ? {} : { step: to }) } } : null
    if (to === 'check') return planned ? { kind: 'job', job: job.job, step: 'check' } : null
    return planned ? { kind: 'job', job: job.job, step: 'run' } : null
  }
  const about = `${jobTitle(job)} · ${job.rows > 0 ? `${words.jobs.rows(job.rows)} · ` : ''}${object?.pluralLabel ?? job.object}`
  if (job.state === 'failed' && job.error) {
    return (
      <WizardFrame step="check" linkTo={linkTo} about={about} title={words.imports.check.question}>
        <Failure error={null} title={job.error.message} />
        {draft && <LinkButton to="/imports/new" search={{ draft, step: 'map' }}>{words.imports.check.answer}</LinkButton>}
      </WizardFrame>
    )
  }
  if (job.dryRun && (job.state === 'draft' || job.state === 'checking' || job.state === 'queued')) {
    return <WizardFrame step="check" linkTo={linkTo} about={about} title={words.imports.check.running} status={job.rows > 0 ? count(job.rows) : ''}><JobProgress job={job} /></WizardFrame>
  }
  if (planned && step === 'check') return <CheckStep job={job} linkTo={linkTo} about={about} />
  return <RunStep job={job} linkTo={linkTo} about={about} />
}
