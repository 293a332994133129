import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ColumnSamplesAnswer } from '@longshore/contract'
import { get } from '../../client/api.ts'
import { count } from '../../ui/number.ts'
import { Failure, SkeletonRows } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'

const texts = importWords.columnSettings

/** Before and after, worked out by the check itself over the first rows of the file. */
export function ColumnSamples({ job, column, revision, saved }: { job: number; column: number; revision: number; saved: boolean }) {
  const samples = useQuery({
    queryKey: ['column-samples', job, column, revision], enabled: saved, staleTime: Infinity, placeholderData: keepPreviousData, retry: false,
    queryFn: ({ signal }) => get<ColumnSamplesAnswer>(`/v1/jobs/${job}/draft/columns/${column}/samples`, {}, signal),
  })
  return (
    <section aria-label={texts.samplesTitle}>
      <h2 className={classes.section} style={{ marginTop: 0 }}>{texts.samplesTitle}</h2>
      {samples.isPending && <SkeletonRows rows={4} />}
      {samples.isError && <Failure error={samples.error} retry={() => void samples.refetch()} />}
      {samples.data && (
        <div className={saved && !samples.isFetching ? '' : classes.outdated}>
          <div className={table.wrap}>
            <table className={table.table}>
              <thead><tr><th>{importWords.reading.row}</th><th>{texts.before}</th><th>{texts.after}</th></tr></thead>
              <tbody>{samples.data.samples.map((sample) => (
                <tr key={sample.row}>
                  <td className={table.number}>{count(sample.row)}</td>
                  <td style={{ overflowWrap: 'anywhere' }}>{shown(sample.before)}</td>
                  <td style={{ overflowWrap: 'anywhere' }}>
                    {sample.issues.length > 0 ? sample.issues.map((issue) => <div key={issue} className={classes.issue}>{issue}</div>) : sample.after.map(({ field, value }) => <div key={field}>{sample.after.length > 1 && <span className={table.quiet}>{field}: </span>}{shown(value)}</div>)}
                  </td>
                </tr>
              ))}</tbody>
            </table>
          </div>
          {samples.data.open !== null && <p role="alert" className={classes.issue}>{texts.open(samples.data.open)}</p>}
          {samples.data.reading.map((sentence) => <p key={sentence} className={classes.quiet}>{sentence}</p>)}
          {(samples.data.open === null || samples.data.failing > 0) && <p className={classes.quiet}>{texts.failing(samples.data.failing, samples.data.looked)}</p>}
        </div>
      )}
    </section>
  )
}

function shown(value: string | null) {
  return value === null || value.trim() === '' ? <span className={table.quiet}>{words.records.empty}</span> : value.length > 120 ? `${value.slice(0, 119)}…` : value
}
