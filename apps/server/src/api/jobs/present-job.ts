import type { JobAnswer, JobDetails } from '@longshore/contract'
import type { JobSummary } from '../../longshore.ts'

export function presentJob(job: JobSummary): JobAnswer {
  return job
}

export function presentJobDetails(job: JobSummary): JobDetails {
  const { artifacts, preview, leftOut = [], readingWarnings = [], unknownValues = [], issues = [], kept = null, restored = null, relatedChanged = {}, skippedFor = {}, colleagues = [], trials = [] } = job
  return {
    ...job, leftOut, readingWarnings, unknownValues, issues, kept, restored, relatedChanged, skippedFor, colleagues, trials, preview: preview ?? null,
    artifacts: artifacts.map((file) => ({ ...file, id: file.name, href: `/v1/jobs/${job.job}/artifacts/${encodeURIComponent(file.name)}` })),
  }
}
