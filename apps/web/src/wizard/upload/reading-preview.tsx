import { NativeSelect, NumberInput } from '@mantine/core'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { Reading, ReadSettingsInput } from '@longshore/contract'
import { count } from '../../ui/number.ts'
import { importWords } from '../../words/imports.ts'
import classes from '../wizard.module.css'

const texts = importWords.reading
const encodings = ['utf-8', 'windows-1252', 'iso-8859-15', 'windows-1250', 'windows-1251', 'windows-1254', 'macintosh', 'utf-16le', 'utf-16be', 'shift_jis', 'gb18030', 'big5', 'euc-kr']

interface ReadingPreviewProps {
  /** null: it could not be read; what can be chosen is still offered. */
  reading: Reading | null
  source: ReadSettingsInput
  onChange: (source: ReadSettingsInput) => void
  stale: boolean
}

/** How the file is read: each fact can be put right, and the first rows show at once what that does. */
export function ReadingPreview({ reading, source, onChange, stale }: ReadingPreviewProps) {
  const set = (change: ReadSettingsInput) => onChange(Object.fromEntries(Object.entries({ ...source, ...change }).filter(([, value]) => value !== undefined)) as ReadSettingsInput)
  const text = reading === null || ['csv', 'html', 'json', 'ndjson', 'vcard'].includes(reading.format)
  const known = reading?.encoding && !encodings.includes(reading.encoding) ? [reading.encoding, ...encodings] : encodings
  return (
    <section aria-label={texts.title}>
      <div className={classes.facts}>
        {reading && <div><div className={classes.quiet}>{texts.format}</div><strong>{texts.formats[reading.format] ?? reading.format}</strong></div>}
        {text && <NativeSelect label={texts.encoding} value={source.encoding ?? ''} onChange={({ currentTarget: { value } }) => set({ encoding: value === '' ? undefined : value })} data={[{ value: '', label: texts.found(reading?.encoding?.toUpperCase() ?? '?') }, ...known.map((value) => ({ value, label: value.toUpperCase() }))]} />}
        {(reading === null || reading.format === 'csv') && <NativeSelect label={texts.delimiter} value={source.delimiter ?? ''} onChange={({ currentTarget: { value } }) => set({ delimiter: value === '' ? undefined : value })} data={[{ value: '', label: texts.found(nameOf(reading?.delimiter ?? null)) }, ...[',', ';', '\t', '|'].map((value) => ({ value, label: nameOf(value) }))]} />}
        {reading && reading.sheets.length > 1 && <NativeSelect label={texts.sheet} value={reading.sheet ?? ''} onChange={({ currentTarget: { value } }) => set({ sheet: value, headerRow: undefined })} data={reading.sheets.map((sheet) => ({ value: sheet.name, label: sheet.hidden ? texts.hidden(sheet.name) : sheet.name }))} />}
        {(reading === null || ['csv', 'xlsx', 'xls', 'xml-spreadsheet', 'html'].includes(reading.format)) && (
          <NumberInput label={texts.header} description={reading?.headerRow === 0 ? texts.noHeader : undefined} min={0} max={10_000} w={130} value={source.headerRow ?? reading?.headerRow ?? 1} onChange={(value) => { if (typeof value === 'number') set({ headerRow: value }) }} />
        )}
        {reading && <div><div className={classes.quiet}>{texts.columns}</div><strong>{count(reading.columns.length)}</strong></div>}
      </div>
      {reading && reading.warnings.length > 0 && <ul className={classes.notes}>{reading.warnings.map((warning) => <li key={warning.code + warning.message}><TriangleAlert size={16} aria-hidden />{warning.message}</li>)}</ul>}
      {reading && (
        <div className={`${classes.preview} ${stale ? classes.outdated : ''}`} tabIndex={0} role="region" aria-label={texts.firstRows}>
          <table>
            <thead><tr><th className={classes.rowNumber}>{texts.row}</th>{reading.columns.map((column, index) => <th key={index} scope="col">{column || texts.nameless(index + 1)}</th>)}</tr></thead>
            <tbody>{reading.rows.map((row, index) => <tr key={index}><td className={classes.rowNumber}>{count(reading.rowNumbers[index] ?? 0)}</td>{reading.columns.map((_, column) => <td key={column} title={row[column] ?? ''}>{row[column]}</td>)}</tr>)}</tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function nameOf(delimiter: string | null): string {
  return delimiter === null ? texts.delimiters.none : ({ ',': texts.delimiters.comma, ';': texts.delimiters.semicolon, '\t': texts.delimiters.tab, '|': texts.delimiters.pipe } as Record<string, string>)[delimiter] ?? delimiter
}
