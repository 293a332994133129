import { importWords } from '../../words/imports.ts'
import classes from '../wizard.module.css'

const texts = importWords.reading

/** The first rows as this computer reads them, until the server has read the file. */
export function InstantPreview({ rows }: { rows: readonly string[][] }) {
  const [header = [], ...rest] = rows
  return (
    <section aria-label={texts.firstRows}>
      <p className={classes.quiet}>{texts.instant}</p>
      <div className={classes.preview} tabIndex={0} role="region" aria-label={texts.firstRows}>
        <table>
          <thead><tr>{header.map((cell, index) => <th key={index} scope="col">{cell}</th>)}</tr></thead>
          <tbody>{rest.map((row, index) => <tr key={index}>{header.map((_, column) => <td key={column}>{row[column]}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </section>
  )
}
