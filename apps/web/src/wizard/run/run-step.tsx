import type { JobDetails } from '@longshore/contract'
import { isMoving } from '../../client/queries.ts'
import { DiffSamples } from '../../jobs/diff-samples.tsx'
import { FilesTable } from '../../jobs/files-table.tsx'
import { JobActions } from '../../jobs/job-actions.tsx'
import { JobProgress } from '../../jobs/job-progress.tsx'
import { OutcomeFigures } from '../../jobs/outcome-bar.tsx'
import { useJobAction } from '../../jobs/use-job-action.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { Failure } from '../../ui/states.tsx'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'
import { WizardFrame } from '../wizard-frame.tsx'
import type { WizardFrameProps } from '../wizard-frame.tsx'

const texts = importWords.run

/** What will be done, in exact numbers; then how it goes; then what came of it, and the way back. */
export function RunStep({ job, linkTo, about }: { job: JobDetails; linkTo: WizardFrameProps['linkTo']; about: string }) {
  const action = useJobAction(job.job)
  const { counts } = job
  const planned = job.state === 'planned' && job.dryRun
  const writes = counts.created + counts.updated + counts.deleted + counts.flagged
  const title = planned ? texts.title : isMoving(job.state) ? texts.running : job.state === 'done' ? texts.done : words.jobs.states[job.state]
  return (
    <WizardFrame
      step="run" linkTo={linkTo} about={about} title={title} status={planned ? texts.nothingYet : ''}
      main={planned ? { label: texts.start(writes), run: () => action.mutate('apply'), loading: action.isPending, disabled: writes === 0 } : null}
      extra={planned ? null : <><JobActions job={job} /><LinkButton to="/jobs/$job" params={{ job: String(job.job) }} variant="default">{texts.details}</LinkButton></>}
    >
      {action.isError && <Failure error={action.error} />}
      {isMoving(job.state) ? <JobProgress job={job} /> : <OutcomeFigures counts={counts} rows={job.rows} />}
      {planned && (
        <ul className={classes.notes} style={{ maxWidth: 780 }}>
          {Object.entries(job.related).filter(([, rows]) => rows > 0).map(([object, rows]) => <li key={object} style={{ background: 'var(--ls-info-ground)' }}>{words.jobs.related(rows, object)}</li>)}
          <li style={{ background: 'var(--ls-info-ground)' }}>{texts.undoable}</li>
        </ul>
      )}
      {job.preview && job.preview.diffs.length > 0 && planned && <DiffSamples diffs={job.preview.diffs} />}
      {!planned && job.artifacts.length > 0 && <><h2 className={classes.section}>{words.jobs.tabs.files}</h2><FilesTable files={job.artifacts} /></>}
    </WizardFrame>
  )
}
