import { useQuery } from '@tanstack/react-query'
import type { FixesAnswer } from '@longshore/contract'
import { get } from '../client/api.ts'
import { quantity } from '../ui/number.ts'
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx'
import table from '../ui/table.module.css'
import { dateAndTime } from '../ui/time.ts'
import { words } from '../words/words.ts'

const texts = words.jobs.changesTab

/** What people corrected before the rows were imported; what was taken back again is crossed out. */
export function JobChanges({ job }: { job: number }) {
  const fixes = useQuery({ queryKey: ['rows', job, 'fixes'], queryFn: ({ signal }) => get<FixesAnswer>(`/v1/jobs/${job}/fixes`, {}, signal), retry: false })
  if (fixes.isPending) return <SkeletonRows rows={4} />
  if (fixes.isLoadingError) return <Failure error={fixes.error} retry={() => void fixes.refetch()} />
  if (fixes.data.fixes.length === 0) return <Empty title={texts.none}>{texts.noneText}</Empty>
  return (
    <div className={table.wrap} tabIndex={0} role="region" aria-label={words.jobs.tabs.changes}>
      <table className={table.table}>
        <thead><tr><th>{texts.what}</th><th className={table.number}>{texts.touched}</th><th>{texts.who}</th><th>{texts.at}</th></tr></thead>
        <tbody>{fixes.data.fixes.map((fix) => <tr key={fix.number}><td>{fix.undone ? <><s>{fix.words}</s> <span className={table.quiet}>{texts.undone}</span></> : fix.words}</td><td className={table.number}>{quantity(fix.touched, 'row', 'rows')}</td><td>{fix.by ?? words.nav.operator}</td><td className={table.tight}>{dateAndTime(fix.at)}</td></tr>)}</tbody>
      </table>
    </div>
  )
}
