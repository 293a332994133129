import type { RecordStart } from '@longshore/formats'
import type { Catalog, CheckSettings, ColumnProfile, ImportDefinition, LayoutWarning, ReadingPart, ReadSettings, ResultFormat, SourceLayout, StoredFix, StoredMapping } from '@longshore/core'

/** What the parser child is asked to do with a file; sent as JSON on its standard input. It holds no secrets and no database. */
export type ParserRequest =
  /** `profileBytes`: how much of the file to look through for what its columns hold; absent: only how the file is read. */
  | { task: 'detect'; fileName: string; settings: ReadSettings; profileBytes?: number }
  /** Detects and prints rows, in one go: nobody decides anything between. `numbered`: as `{ row, cells }` instead of the cells alone. */
  | { task: 'read'; fileName: string; settings: ReadSettings; limit: number | null; numbered?: true }
  | CheckRequest
  /** `lastRow`: of a job that has some of the file's rows alone: only those that have a line, and none beyond. */
  | { task: 'results'; layout: SourceLayout; format: ResultFormat; kind: 'results' | 'errors'; fixes: StoredFix[]; lastRow?: number }

export interface CheckRequest {
  task: 'check'
  job: number
  layout: SourceLayout
  catalog: Catalog
  definition: ImportDefinition
  stored: StoredMapping
  settings: Omit<CheckSettings, 'decodeFormula'>
  /** Two readers share the file: the second looks for a place to begin at, reports it, and goes on from there; the first is told on its input where that is. */
  share?: 'first' | 'second'
  /** Keep every row as the file has it, for people who look at it. */
  keepSource: boolean
  /** How many rows to check at most, from the first; absent: all. */
  limitRows?: number
  /** Corrections that are carried out before a row is checked. */
  fixes: StoredFix[]
}

/** What the first of two readers is told on its input: the byte at which the second begins; null: there is no such place. */
export interface ShareEnd { byte: number | null }

/** Lines of JSON that the child sends on its report pipe. The last one is `ended` or `fault`. */
export type ParserReport =
  | { kind: 'progress'; bytes: number; rows: number }
  /** The reader is not stuck in one row, whatever it waits for. */
  | { kind: 'alive' }
  /** Read only: what was wrong with a row, in words. */
  | { kind: 'row-fault'; row: number; code: string; message: string }
  /** With `profiles` where the columns were to be looked through. */
  | { kind: 'layout'; layout: SourceLayout; profiles?: ColumnProfile[] }
  /** What showed only while rows were read; a layout's warning like the others. */
  | { kind: 'warning'; warning: LayoutWarning }
  /** From the second of two readers: where it begins; null where the file is read as one, by the first. */
  | { kind: 'share'; start: RecordStart | null }
  /** Of a check, `reading` is what the columns say in this part of the file, and what was assumed of them. */
  | { kind: 'ended'; rows: number; lastRow: number; warnings: number; reading?: ReadingPart }
  | { kind: 'fault'; code: string; message: string; path?: string }

/** File descriptors of the child beside standard input, output and error. */
export const parserFds = { issues: 3, report: 4, source: 5, input: 6 } as const

/** Columns that stand before the source's in an error report. */
export const errorColumns = ['Row number', 'Field', 'Error type', 'Message', 'Original value']
