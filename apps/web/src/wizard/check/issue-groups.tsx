import type { RowIssueGroupsAnswer } from '@longshore/contract'
import { count, share } from '../../ui/number.ts'
import { plainMessage } from '../../ui/plain-message.ts'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'
import type { RowView } from './row-view.ts'

interface IssueGroupsProps { groups: RowIssueGroupsAnswer['groups']; rows: number; view: RowView; onChoose: (issue: RowView['issue'] | null) => void }

/** Issues by kind and column, errors first, each a filter. */
export function IssueGroups({ groups, rows, view, onChoose }: IssueGroupsProps) {
  const texts = importWords.check
  return (
    <aside className={classes.groups} aria-label={texts.groups}>
      {groups.length === 0 && <p className={classes.quiet} style={{ padding: 8, margin: 0 }}>{texts.noIssues}</p>}
      {groups.map((group) => {
        const chosen = view.issue?.code === group.code && view.issue.field === group.field
        return (
          <button key={`${group.code} ${group.field} ${group.severity}`} type="button" className={classes.group} aria-pressed={chosen} onClick={() => onChoose(chosen ? null : { code: group.code, field: group.field })}>
            <span className={classes.groupTop}><i className={classes.dot} data-severity={group.severity} aria-hidden /><span>{group.column ?? group.field ?? texts.wholeRow}<span className="visually-hidden">, {words.grid.severities[group.severity]}</span></span><b>{count(group.rows)}</b></span>
            <span className={classes.groupText} title={plainMessage({ code: group.code, message: group.example })}>{plainMessage({ code: group.code, message: group.example })}</span>
            <span className={classes.share}><i><b style={{ width: `${Math.max(2, group.rows / Math.max(1, rows) * 100)}%`, background: group.severity === 'error' ? '#d0443a' : '#d99a1f' }} /></i>{share(group.rows, rows)}</span>
          </button>
        )
      })}
    </aside>
  )
}
