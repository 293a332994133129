import { expect, it } from 'vitest'
import type { RowOverviewAnswer, StagedRowAnswer } from '@longshore/contract'
import { stagedColumns, stagedGridRow } from './staged-grid.ts'

const overview: RowOverviewAnswer = {
  planned: true, fixes: 0, counts: { rows: 1, ready: 0, warnings: 0, errors: 1, duplicates: 0, excluded: 0, replanned: 0 }, columns: ['Mail', '', 'Notes'],
  targets: [{ path: 'email', label: 'E-mail', column: 1 }, { path: 'phone', label: 'Phone', column: 2 }, { path: 'phone_source', label: 'Phone (source)', column: null }],
}
const issue = (severity: 'error' | 'warning', field: string | null, column: string | null, message: string): StagedRowAnswer['issues'][number] => ({ code: 'x', severity, onCreate: false, column, field, value: null, message })
const row: StagedRowAnswer = {
  row: 1_204, cells: ['bob@', '12', null], original: null, values: [], fixes: [], leftOut: false, plan: null,
  issues: [issue('warning', 'email', 'Mail', 'odd'), issue('error', 'email', 'Mail', 'no address'), issue('warning', 'phone', '', 'short'), issue('error', null, null, 'whole row')],
}

it('shows under each header the field that it feeds', () => {
  expect(stagedColumns(overview).map(({ label, note }) => [label, note])).toEqual([['Mail', 'E-mail'], ['#2', 'Phone'], ['Notes', '—']])
})

it('marks each cell with its worst issue, and none for the row as a whole', () => {
  expect(stagedGridRow(row, overview)).toMatchObject({ label: (1_204).toLocaleString(), marks: { 0: { severity: 'error', message: 'no address' }, 1: { severity: 'warning', message: 'short' } } })
  expect(Object.keys(stagedGridRow(row, overview).marks ?? {})).toEqual(['0', '1'])
})
