import { assumingCheck, compileCheck, compileMapping, parseImportDefinition, planKeys, settleParts, standardCatalog, withFindings } from '@longshore/core'
import type { RawRow, ReadingPart } from '@longshore/core'
import type { TestColumn } from './column.ts'

const openingRows = 100

/** What became of a column: whether it was asked about, and how many of its values were read as meant. `wrong`: taken without a word, and not what was meant. */
export interface Verdict { column: TestColumn; asked: boolean; right: number; refused: number; wrong: number; example: string | null }

/** Has a column read as an import would read it, alone in its file but for the country beside it. */
export function judge(column: TestColumn): Verdict {
  const { object, field, values, truth, country } = column
  const columns = object === 'deals' ? ['name', field, 'account.name'] : ['last_name', field, 'mailing_country']
  const mapped = columns.map((header, i) => ({ header, field: i === 2 && (country === null || object === 'deals') ? null : header }))
  const definition = parseImportDefinition({ object, autoMap: false, columns: mapped, ...(object === 'deals' ? { defaults: { stage: 'Prospecting' } } : {}) })
  const catalog = standardCatalog()
  const mapping = compileMapping({ catalog, definition, columns })
  const keys = planKeys({ catalog, mapping, definition })
  const settings = { country: 'US', currency: 'USD', members: [], formulaGuard: false, now: '2026-06-15T12:00:00Z' }
  const rows: RawRow[] = values.map((value, i) => ({ row: i + 2, cells: ['Somebody', value, country ?? ''] }))
  const input = { catalog, definition, mapping, keys, settings }
  const file = { delimiter: column.delimiter, today: settings.now.slice(0, 10), dateOrder: null, decimal: null, country: null }
  const { check, part } = assumingCheck(input, file, [rows.slice(0, openingRows)])
  let read = rows.map(check)
  const { findings, again } = settleParts(mapping, file, [JSON.parse(JSON.stringify(part())) as ReadingPart])
  if (findings.some(({ question }) => question !== null)) return { column, asked: true, right: 0, refused: 0, wrong: 0, example: null }
  if (again) read = rows.map(compileCheck({ ...input, mapping: { ...mapping, targets: withFindings(mapping.targets, findings) } }))
  const position = mapping.targets.findIndex((target) => target.path === field)
  const verdict: Verdict = { column, asked: false, right: 0, refused: 0, wrong: 0, example: null }
  for (const [i, row] of read.entries()) {
    const kept = row.cells[position] ?? null
    const means = truth[i] ?? ''
    if (row.issues.some((issue) => issue.field === field)) verdict.refused++
    else if (kept === means) verdict.right++
    else verdict.wrong++
    if (kept !== means || row.issues.some((issue) => issue.field === field)) verdict.example ??= `"${values[i] ?? ''}" → ${kept ?? 'nothing'}, meant ${means}`
  }
  return verdict
}
