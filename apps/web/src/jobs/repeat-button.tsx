import type { JobDetails } from '@longshore/contract'
import { useMay } from '../client/may.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { words } from '../words/words.ts'

/** Another file with the settings of this import. */
export function RepeatButton({ job }: { job: JobDetails }) {
  const may = useMay()
  if (job.kind !== 'import' || !may.object(job.object, 'import') || job.state === 'draft') return null
  return <LinkButton variant="default" to="/imports/new" search={{ object: job.object, repeat: job.job }}>{words.jobs.actions.repeat}</LinkButton>
}
