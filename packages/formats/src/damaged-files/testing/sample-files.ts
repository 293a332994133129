import { utils, write as writeWorkbook } from '@e965/xlsx'
import { gzipSync } from 'node:zlib'
import { parquetWriter } from '../../write/parquet-writer.ts'
import type { RowWriter } from '../../write/row-writer.ts'
import { xlsxWriter } from '../../write/xlsx-writer.ts'

export const sampleColumns = ['Name', 'Email', 'Amount']
export const sampleRows = Array.from({ length: 40 }, (_, i) => [`Mara Lind ${i}`, `mara${i}@example.com`, String(i * 7)])

const printed = (delimiter: string): string => [sampleColumns, ...sampleRows].map((cells) => cells.map((cell) => `"${cell}"`).join(delimiter)).join('\r\n')

/** A sound file of each format that is read, by its usual ending, with the same rows in it. */
export const sampleFiles: Readonly<Record<string, () => Buffer | Promise<Buffer>>> = {
  xlsx: () => written(xlsxWriter()),
  parquet: () => written(parquetWriter({ rowGroupRows: 15 })),
  xls: () => Buffer.from(writeWorkbook({ SheetNames: ['S'], Sheets: { S: utils.aoa_to_sheet([sampleColumns, ...sampleRows]) } }, { type: 'buffer', bookType: 'biff8' }) as Uint8Array),
  gz: () => gzipSync(printed(',')),
  json: () => Buffer.from(JSON.stringify(sampleRows.map(([name, email, amount]) => ({ name, email, deal: { amount: Number(amount), tags: ['a', 'b'] } })))),
  ndjson: () => Buffer.from(sampleRows.map(([name, email]) => `${JSON.stringify({ name, email })}\n`).join('')),
  vcf: () => Buffer.from(sampleRows.map(([name, email]) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nEMAIL;TYPE=work:${email}\r\nNOTE;ENCODING=QUOTED-PRINTABLE:a=C3=A9=\r\nb\r\nEND:VCARD\r\n`).join('')),
  csv: () => Buffer.from(printed(',')),
  tsv: () => Buffer.from(`\uFEFF${printed('\t')}`, 'utf16le'),
  txt: () => Buffer.concat([Buffer.from(printed(';')), Buffer.from([0xf6, 0xfc])]),
  html: () => Buffer.from(`<html><table>${[sampleColumns, ...sampleRows].map((cells) => `<tr>${cells.map((cell) => `<td>${cell}&amp;</td>`).join('')}</tr>`).join('')}</table></html>`),
  xml: () => Buffer.from(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>${
    [sampleColumns, ...sampleRows].map((cells) => `<Row>${cells.map((cell) => `<Cell><Data ss:Type="String">${cell}</Data></Cell>`).join('')}</Row>`).join('')}</Table></Worksheet></Workbook>`),
}

async function written(writer: RowWriter): Promise<Buffer> {
  const pieces = [await writer.start(sampleColumns), await writer.rows(sampleRows), await writer.end()]
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece as Uint8Array)))
}
