import type { RowIssueGroupsAnswer, RowOverviewAnswer, RowWindowAnswer } from '@longshore/contract'
import type { RowIssueGroup, RowOverview, RowWindow } from '../../longshore.ts'

/** What a plan that is out of date says of a row is not told. */
export function presentWindow({ rows, ...window }: RowWindow): RowWindowAnswer {
  return { ...window, rows: rows.map((row) => ({ ...row, issues: row.issues.map((issue) => ({ ...issue, severity: severityOf(issue.severity) })), plan: window.planned ? row.plan : null })) }
}

export function presentOverview(overview: RowOverview): RowOverviewAnswer {
  return overview
}

export function presentIssueGroups(groups: RowIssueGroup[]): RowIssueGroupsAnswer {
  return { groups: groups.map((group) => ({ ...group, severity: severityOf(group.severity) })) }
}

function severityOf(severity: string): 'error' | 'warning' {
  return severity === 'error' ? 'error' : 'warning'
}
