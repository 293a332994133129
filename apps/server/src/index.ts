export type {
  BinnedRecord, ExportRequest, ImportRequest, IssueGroup, JobSummary, Longshore, OpenOptions, OrganizationSettings, PlanPreview, Progress, Review, UndoPreview, Watch,
} from './longshore.ts'
export { openLongshore } from './context.ts'
export { readSource } from './read-source.ts'
export { startServer } from './start.ts'
export type { RunningServer, ServerOptions } from './start.ts'
