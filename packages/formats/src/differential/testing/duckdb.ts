import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/** How many generated cases a test of this folder runs: a few hundred, or what `npm run test:formats` asks for. */
export const cases = Number(process.env['LONGSHORE_CASES'] ?? 250)
/** For so many of them beside other work; a test that is cut off goes on writing the file that the next one reads. */
export const timeout = 60_000 + cases * 60

export interface CsvDialect { delimiter: string; quote: string; escape: string; lineEnd: '\n' | '\r\n' | '\r' }

/** The independent reader: it knows nothing of ours. Texts come as they are; nothing at all comes as null. */
export interface OtherReader {
  csv(content: string | Uint8Array, columns: number, dialect: CsvDialect): Promise<(string | null)[][]>
  json(content: string, columns: readonly string[], lines: boolean): Promise<(string | null)[][]>
  parquet(content: Uint8Array): Promise<{ columns: string[]; rows: unknown[][] }>
  close(): void
}

export async function openDuckDb(): Promise<OtherReader> {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-duckdb-'))
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
  const path = join(folder, 'file')
  // it keeps pieces of files by their names, sizes and seconds: one that is written anew within a second would be read as the one before
  await connection.run('SET enable_external_file_cache = false')
  const text = (value: string): string => `'${value.replaceAll('\'', '\'\'')}'`
  const rows = async (content: string | Uint8Array, sql: string): Promise<(string | null)[][]> => {
    writeFileSync(path, content)
    return (await connection.runAndReadAll(sql)).getRows() as (string | null)[][]
  }
  return {
    csv: (content, columns, { delimiter, quote, escape }) => rows(content, `SELECT * FROM read_csv(${text(path)}, auto_detect = false, header = true, delim = ${text(delimiter)}, quote = ${text(quote)},
      escape = ${text(escape)}, all_varchar = true, parallel = false, nullstr = '\u0001', max_line_size = 10000000,
      columns = {${Array.from({ length: columns }, (_, i) => `c${i}: 'VARCHAR'`).join(', ')}})`),
    json: (content, columns, lines) => rows(content, `SELECT * FROM read_json(${text(path)}, format = ${lines ? '\'newline_delimited\'' : '\'array\''}, maximum_object_size = 100000000,
      columns = {${columns.map((name) => `${JSON.stringify(name)}: 'VARCHAR'`).join(', ')}})`),
    async parquet(content) {
      writeFileSync(path, content)
      const found = await connection.runAndReadAll(`SELECT * FROM read_parquet(${text(path)})`)
      return { columns: found.columnNames(), rows: found.getRowsJS() as unknown[][] }
    },
    close() {
      connection.closeSync()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
