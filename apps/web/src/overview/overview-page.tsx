import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { JobAnswer } from '@longshore/contract'
import { get } from '../client/api.ts'
import { useMay } from '../client/may.ts'
import { isMoving } from '../client/queries.ts'
import { JobTable } from '../jobs/jobs-page.tsx'
import { NoJobs } from '../jobs/no-jobs.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Page } from '../ui/page.tsx'
import { Failure, SkeletonRows } from '../ui/states.tsx'
import { words } from '../words/words.ts'
import classes from './overview.module.css'

/** Where a first visit begins: what was imported last, and the one thing to do. */
export function OverviewPage() {
  const may = useMay()
  const jobs = useQuery({
    queryKey: ['jobs', 'latest'], queryFn: ({ signal }) => get<{ items: JobAnswer[] }>('/v1/jobs', { limit: 8 }, signal),
    refetchInterval: ({ state }) => state.data?.items.some((job) => isMoving(job.state)) ? 2_000 : false,
  })
  const items = jobs.data?.items ?? []
  return (
    <Page title={words.overview.title}>
      <section className={classes.lead}>
        <div>
          <h2 className={classes.leadTitle}>{words.overview.lead}</h2>
          <p className={classes.leadText}>{words.overview.leadText}</p>
        </div>
        {may.anyObject('import') && <LinkButton to="/imports/new" size="md">{words.jobs.start}</LinkButton>}
      </section>
      <div className={classes.sectionHead}><h2>{words.overview.latest}</h2><Link to="/jobs">{words.overview.all}</Link></div>
      {jobs.isError && <Failure error={jobs.error} retry={() => void jobs.refetch()} />}
      {jobs.isPending && <SkeletonRows />}
      {jobs.isSuccess && (items.length === 0 ? <NoJobs action={false} /> : <JobTable jobs={items} />)}
    </Page>
  )
}
