import { describe, expect, test } from 'vitest'
import { numberCellText } from './cell-text.ts'
import { builtInFormat, parseNumberFormat } from './number-format.ts'
import { cellName, columnOfCell } from './sheet-row.ts'

describe('a number cell as text', () => {
  test.each([
    ['42', 'General', '42'], ['1234.50', 'General', '1234.5'], ['0.1', '0.00', '0.1'], ['7.0000000000000007E-2', 'General', '0.07'], ['59.969999999999999', '0.00', '59.97'],
    ['1E+21', 'General', '1000000000000000000000'], ['1.5E-7', 'General', '0.00000015'], ['-0', 'General', '0'], ['-12.75', '#,##0.00 "€"', '-12.75'],
    ['123456789012345678', '0', '123456789012345678'], ['12.7', '0', '12.7'],
    ['123', '00000', '00123'], ['1234567', '00000', '1234567'], ['15550147', '0', '15550147'], ['5550147', '[<=9999999]###-####;(###) ###-####', '555-0147'],
    ['2015550147', '[<=9999999]###-####;(###) ###-####', '(201) 555-0147'], ['123456789', '000-00-0000', '123-45-6789'], ['12345678', '00000\\-0000', '01234-5678'],
    ['612345678', '0#" "##" "##" "##" "##', '06 12 34 56 78'], ['46701740605', '"+"0', '46701740605'], ['5', '0" pcs"', '5'], ['-123', '00000', '-123'], ['12', '"d"0', '12'],
    ['0.125', '0%', '12.5%'], ['0.07', '0.00%', '7%'], ['1', '0%', '100%'], ['-0.5', '0%', '-50%'], ['0', '0%', '0%'],
    ['45443', 'yyyy-mm-dd', '2024-05-31'], ['45443', 'dd.mm.yyyy;@', '2024-05-31'], ['45443', '[$-409]d-mmm-yy', '2024-05-31'], ['45443', 'mmm yy', '2024-05-31'],
    ['45443', 'yyyy-mm-dd hh:mm', '2024-05-31T00:00:00'], ['45443.4376736111', 'd/m/yy h:mm', '2024-05-31T10:30:15'], ['45443.5', 'd/m/yy', '2024-05-31T12:00:00'],
    ['0.4375', 'h:mm AM/PM', '10:30:00'], ['1.5', '[h]:mm:ss', '36:00:00'], ['-0.25', '[h]:mm', '-06:00:00'], ['59', 'yyyy-mm-dd', '1900-02-28'], ['60', 'yyyy-mm-dd', '1900-02-29'], ['60.5', 'd/m/yy h:mm', '1900-02-29T12:00:00'], ['60.9999999999', 'd/m/yy h:mm', '1900-03-01T00:00:00'], ['61', 'yyyy-mm-dd', '1900-03-01'],
    ['-1', 'yyyy-mm-dd', '-1'], ['99999999', 'yyyy-mm-dd', '99999999'], ['12', '"day"0', '12'], ['12', '\\d0', '12'], ['12', '[Red]0', '12'],
  ])('%s in the format %s is %s', (literal, code, text) => {
    expect(numberCellText(literal, parseNumberFormat(code), 1900)).toBe(text)
  })

  test.each([[14, '2024-05-31'], [22, '2024-05-31T00:00:00'], [9, '4544300%'], [46, '1090632:00:00'], [0, '45443'], [49, '45443'], [164, '45443']])('knows the format number %i', (id, text) => {
    expect(numberCellText('45443', builtInFormat(id), 1900)).toBe(text)
  })

  test('counts days from 1904 where the workbook does', () => {
    expect(numberCellText('43981', parseNumberFormat('yyyy-mm-dd'), 1904)).toBe('2024-05-31')
    expect(numberCellText('0.5', parseNumberFormat('h:mm'), 1904)).toBe('12:00:00')
  })

  test.each(['', 'abc', '1,5', 'NaN', 'Infinity', '0x10', '1e999'])('says that %j is no number', (literal) => {
    expect(numberCellText(literal, builtInFormat(0), 1900)).toBeNull()
  })

  test.each([['A5', 5, 0], ['Z1', 1, 25], ['AA10', 10, 26], ['XFD1048576', 1_048_576, 16_383]])('names the cell %s', (name, row, position) => {
    expect(cellName(row, position)).toBe(name)
    expect(columnOfCell(name)).toBe(position)
  })
})
