import type { Reading } from '@longshore/contract'
import { Waiting } from '../../ui/states.tsx'
import { importWords } from '../../words/imports.ts'
import classes from '../wizard.module.css'

const texts = importWords.map
const shownSamples = 3

/** The columns as far as they are known while their values are still being looked at: what they are called and how they begin. */
export function ColumnsOnTheirWay({ headers, reading }: { headers: readonly string[]; reading: Reading | undefined }) {
  return (
    <>
      <Waiting>{texts.looking}</Waiting>
      <table className={classes.map} aria-busy>
        <thead><tr><th style={{ width: '20%' }}>{texts.column}</th><th style={{ width: '26%' }}>{texts.holds}</th><th style={{ width: '27%' }}>{texts.field}</th><th>{texts.status}</th></tr></thead>
        <tbody>{headers.map((header, at) => (
          <tr key={at}>
            <td><div className={classes.header}>{header || texts.nameless(at + 1)}</div><div className={classes.why}>{texts.number(at + 1)}</div></td>
            <td><div className={classes.samples}>{[...new Set(reading?.rows.flatMap((row) => row[at]?.trim() || []))].slice(0, shownSamples).join(' · ')}</div></td>
            <td className={classes.quiet}>…</td><td />
          </tr>
        ))}</tbody>
      </table>
    </>
  )
}
