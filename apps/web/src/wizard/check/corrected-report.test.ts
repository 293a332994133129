import { expect, it } from 'vitest'
import { editsOfLine, reportShape } from './corrected-report.ts'

const headers = ['Row number', 'Field name', 'Error type', 'Error message', 'Original value', 'Record', 'Name', 'Mail']

it('finds the file\'s own columns behind those about the issue', () => {
  expect(reportShape(headers, ['Name', 'Mail'])).toEqual({ rowAt: 0, columnAt: [6, 7] })
  expect(reportShape(['Name', 'Mail'], ['Name', 'Mail'])).toBeNull()
  expect(reportShape(headers, ['Mail', 'Name'])).toBeNull()
})

it('takes what was changed for an edit, and nothing else', () => {
  const shape = { rowAt: 0, columnAt: [6, 7] }
  expect(editsOfLine(['3', '', '', '', '', '', "'=1+1", 'bo@example.com'], shape, { row: 3, cells: ['=1+1', 'bo@@example.com'] })).toEqual([{ row: 3, column: 2, value: 'bo@example.com', seen: 'bo@@example.com' }])
  expect(editsOfLine(['3', '', '', '', '', '', 'Bo', ''], shape, { row: 3, cells: ['Bo', null] })).toEqual([])
})
