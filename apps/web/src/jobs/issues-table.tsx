import type { JobDetails } from '@longshore/contract'
import { count } from '../ui/number.ts'
import { plainMessage } from '../ui/plain-message.ts'
import { Empty } from '../ui/states.tsx'
import table from '../ui/table.module.css'
import { words } from '../words/words.ts'

/** Issues by kind and column, the worst first. */
export function IssuesTable({ issues }: { issues: JobDetails['issues'] }) {
  const texts = words.jobs.issue
  if (issues.length === 0) return <Empty title={words.jobs.noIssues} />
  return (
    <div className={table.wrap}>
      <table className={table.table}>
        <thead><tr><th>{texts.severity}</th><th>{texts.column}</th><th className={table.number}>{texts.rows}</th><th>{texts.message}</th></tr></thead>
        <tbody>
          {issues.map((issue) => (
            <tr key={`${issue.code} ${issue.column}`}>
              <td style={{ color: issue.severity === 'error' ? 'var(--ls-bad)' : 'var(--ls-warn)', fontWeight: 600 }}>{words.jobs.severities[issue.severity] ?? issue.severity}</td>
              <td className={table.tight}>{issue.column}</td>
              <td className={table.number}>{count(issue.count)}</td>
              <td style={{ overflowWrap: 'anywhere' }}>{plainMessage({ code: issue.code, message: issue.example })}{issue.row !== undefined && <span className={table.quiet}> {texts.row(issue.row)}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
