export type {
  BinnedRecord, ColumnFacet, ExportRequest, FixChange, FixRequest, FixWork, ImportRequest, IssueGroup, JobSummary, LeftOutColumn, ListedFix, Longshore, OpenOptions, OrganizationSettings, PlanPreview, Progress, Review, RowIssueGroup, RowOverview, RowWindow, RowWork, StagedRow, UndoPreview, Watch, WindowStart,
} from './longshore.ts'
export { openLongshore } from './context.ts'
export { readSource } from './read-source.ts'
export type { RunningServer, ServerOptions } from './start.ts'
