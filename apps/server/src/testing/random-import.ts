import fc from 'fast-check'
import type { ImportDefinitionInput } from '@longshore/core'

/** A cell as it stands in the file, and what it means: its value, null where it is empty, 'bad' where its field refuses it. */
export interface MeantCell { text: string; value: string | null | 'bad' }

/** The fields that random files fill. `legacy` is a column that no field wants. */
export const fieldsOfColumns = {
  'Email': 'email', 'External ID': 'external_id', 'Last Name': 'last_name', 'First Name': 'first_name', 'Job Title': 'title',
  'Lead Score': 'lead_score', 'Lead Source': 'lead_source', 'Birthdate': 'birthdate', 'Email Opt Out': 'email_opt_out', 'Company': 'account.name', 'Account City': 'account.billing_city', 'Legacy Batch Ref': null,
} as const
export type Header = keyof typeof fieldsOfColumns

export interface MeantRow {
  cells: MeantCell[]
  /** Cells that the row lacks at its end. */
  missing: number
  /** Cells beyond the last column. */
  surplus: string[]
  /** Empty lines before the row: they have a row number and are no rows. */
  emptyLines: number
  /** Whether cells are quoted that need not be. */
  quoted: boolean
}

export interface RandomImport {
  columns: Header[]
  rows: MeantRow[]
  definition: ImportDefinitionInput
  /** First a dry run, then its plan. */
  inTwoSteps: boolean
  chunkRows: number
  /** Stops once so many rows are written; null: runs through. A stopped import is resumed or cancelled. */
  stop: { afterRows: number; afterwards: 'resume' | 'cancel' } | null
  /** The import is undone before the next one. */
  undone: boolean
}

/** What a store holds before, and the imports that meet it one after the other. */
export interface RandomCase { accounts: string[]; imports: RandomImport[] }

const good = (text: string, value: string | null = text): MeantCell => ({ text, value })
const bad = (text: string): MeantCell => ({ text, value: 'bad' })
const empties: MeantCell[] = [good('', null), good('  ', null)]

/** Few values for what identifies a record, so that rows and records meet often. */
const pools: Record<Header, MeantCell[]> = {
  'Email': [good('ada@example.com'), good('ADA@Example.com'), good(' bob@example.com ', 'bob@example.com'), good('bob@example.com'), good('cy@example.com'), good('dee@example.com'),
    bad('not-an-email'), bad('a b@example.com'), ...empties],
  'External ID': [good('X-1'), good(' X-1', 'X-1'), good('x-1'), good('X-2'), good('X-3'), bad('X\u0001'), ...empties],
  'Last Name': [good('Lovelace'), good('Żółć'), good("O'Neill, \"Q\""), good('two\nlines'), good('=1+1'), good('N', 'N'), good('Ω'.repeat(255)), bad('x'.repeat(256)), good('', null)],
  'First Name': [good('Ada'), good('Bob '.trimEnd()), good('  Cy  ', 'Cy'), good('null'), good('\\N'), good('a\tb'), ...empties],
  'Job Title': [good('CEO'), good('VP; Sales'), good('{"a"}'), good('back\\slash'), bad('bell\u0007'), ...empties],
  'Lead Score': [good('1'), good('1.50'), good('1.5'), good('1,234.5', '1234.5'), good('-0.25'), bad('lots'), bad('NaN'), bad('infinity'), bad('9'.repeat(30)), ...empties],
  'Lead Source': [good('Web'), good('web', 'Web'), good('TRADE SHOW', 'Trade Show'), bad('Carrier Pigeon'), ...empties],
  'Birthdate': [good('2000-01-31'), good('31 January 2000', '2000-01-31'), good('1999-12-24'), bad('2024-02-31'), bad('31/02/2003'), ...empties],
  'Email Opt Out': [good('yes', 'true'), good('0', 'false'), good('true'), bad('maybe'), ...empties],
  'Company': [good('Acme Inc.'), good('ACME, INC', 'ACME, INC'), good('Acme GmbH'), good('Globex'), good('Hooli'), good('!!!'), good('', null)],
  'Account City': [good('Oslo'), good(' Rome ', 'Rome'), good('Lima'), good('', null)],
  'Legacy Batch Ref': [good('L1'), good('"quoted"'), good('', null)],
}

/** The long run deletes, flags and hands records out in turn, too. */
export const wide = process.env['LONGSHORE_PROOF_WIDE'] === '1'

/** Members that new records are handed out to, in this order; the case has to see that they are there. */
export const ownersInTurn = ['one@example.com', 'two@example.com', 'three@example.com'] as const

const matchLists = [['email'], ['external_id'], ['email', 'external_id'], ['external_id', 'email']] as const
/** Columns whose merge rule may be set; blanks of all but the last may clear. */
const ruled = ['Job Title', 'Lead Score', 'First Name', 'Email', 'External ID', 'Company'] as const

function randomRow(columns: readonly Header[]): fc.Arbitrary<MeantRow> {
  const cells = fc.tuple(...columns.map((header) => {
    const pool = pools[header]
    // a row without a name fails for that alone
    const fine = pool.filter(({ value }) => value !== 'bad' && !(header === 'Last Name' && value === null))
    return fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...fine) }, { weight: 1, arbitrary: fc.constantFrom(...pool) })
  }))
  return fc.record({
    cells,
    missing: fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: columns.length }) }),
    surplus: fc.oneof({ weight: 14, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: fc.array(fc.constantFrom<string[]>('', ' ', 'more'), { minLength: 1, maxLength: 3 }) }),
    emptyLines: fc.oneof({ weight: 10, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 }) }),
    quoted: fc.boolean(),
  }).map((row) => (row.surplus.length > 0 ? { ...row, missing: 0 } : row))
}

const often = fc.nat({ max: 3 }).map((chosen) => chosen > 0)
const operations = fc.constantFrom(
  { operation: 'insert', onDuplicate: 'skip' }, { operation: 'insert', onDuplicate: 'update' }, { operation: 'insert', onDuplicate: 'create' }, { operation: 'update' }, { operation: 'upsert' },
  { operation: 'upsert' }, ...(wide ? [{ operation: 'insert', onDuplicate: 'flag' }, { operation: 'delete' }, { operation: 'delete' }] : []),
) as fc.Arbitrary<Pick<ImportDefinitionInput, 'operation' | 'onDuplicate'>>

function randomImport(): fc.Arbitrary<RandomImport> {
  const optional = (Object.keys(fieldsOfColumns) as Header[]).filter((header) => header !== 'Last Name' && header !== 'Account City')
  const shape = fc.record({
    operation: operations, match: fc.constantFrom(...matchLists), missingReference: fc.constantFrom('error', 'create', 'blank'), others: fc.subarray(optional),
    lastName: fc.boolean(), blankClears: fc.subarray([...ruled.slice(0, -1)]), merge: fc.dictionary(fc.constantFrom(...ruled), fc.constantFrom('never', 'if-empty', 'always'), { maxKeys: 2 }),
    cities: often, changesAccounts: often, defaultTitle: fc.boolean(), ownersInTurn: wide ? fc.boolean() : fc.constant(false), noMatch: fc.boolean(), inTwoSteps: fc.boolean(), chunkRows: fc.constantFrom(1, 2, 3, 5, 10_000),
  })
  return shape.chain((chosen) => {
    const inserting = chosen.operation.operation === 'insert'
    // a strategy for duplicates is refused without a criterion that finds them
    const asks = !inserting || chosen.operation.onDuplicate === 'update' || chosen.operation.onDuplicate === 'flag'
    const match = !asks && chosen.noMatch ? [] : chosen.match.map((field) => [field])
    const needed = (Object.entries(fieldsOfColumns) as [Header, string | null][]).filter(([, field]) => match.flat().some((name) => name === field)).map(([header]) => header)
    const all = [...new Set<Header>([...needed, ...(inserting || chosen.lastName ? ['Last Name' as const] : []), ...chosen.others, ...(chosen.cities ? ['Company' as const, 'Account City' as const] : []), 'Legacy Batch Ref'])]
    const writes = all.some((header) => fieldsOfColumns[header] !== null)
    return fc.shuffledSubarray<Header>(writes ? all : [...all, 'First Name'], { minLength: writes ? all.length : all.length + 1 }).chain((columns) => fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.noBias(randomRow(columns)), { maxLength: 14, size: 'max' }),
      inTwoSteps: fc.constant(chosen.inTwoSteps),
      chunkRows: fc.constant(chosen.chunkRows),
      stop: fc.option(fc.record({ afterRows: fc.integer({ min: 1, max: 8 }), afterwards: fc.constantFrom('resume' as const, 'cancel' as const) }), { freq: 3 }),
      undone: fc.boolean(),
      definition: fc.constant<ImportDefinitionInput>({
        object: 'contacts', ...chosen.operation, ...(chosen.ownersInTurn ? { owner: [...ownersInTurn] } : {}), match, missingReference: chosen.missingReference as 'error' | 'create' | 'blank',
        ...(chosen.changesAccounts && chosen.operation.operation !== 'delete' ? { existingReference: 'update' as const } : {}),
        source: { delimiter: ',', headerRow: 1, quote: '"', encoding: 'utf-8' },
        // said of every column: the mapper may doubt a column of which most cells are spoilt
        columns: columns.map((header) => ({ header, field: fieldsOfColumns[header], ...(chosen.blankClears.some((clears) => clears === header) ? { blankClears: true } : {}) })),
        merge: Object.fromEntries(Object.entries(chosen.merge).filter(([header]) => columns.includes(header as Header))
          .map(([header, rule]) => [fieldsOfColumns[header as Header] as string, rule as 'never' | 'if-empty' | 'always'])),
        defaults: chosen.defaultTitle ? { title: 'Unknown' } : {},
      }),
    }))
  })
}

export function randomCase(): fc.Arbitrary<RandomCase> {
  return fc.record({
    accounts: fc.oneof(fc.constant<string[]>([]), fc.array(fc.constantFrom<string[]>('Acme Inc.', 'ACME INC', 'Globex', 'Hooli'), { minLength: 1, maxLength: 3 })),
    imports: fc.array(randomImport(), { minLength: 1, maxLength: 3, size: 'max' }),
  })
}

/** The file, written by hand: commas, doubled quotes, LF. */
export function fileOf({ columns, rows }: RandomImport): string {
  const print = (text: string, quoted: boolean): string => (quoted || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = rows.flatMap((row) => [
    ...Array.from({ length: row.emptyLines }, () => ''),
    [...row.cells.slice(0, row.cells.length - row.missing).map(({ text }) => print(text, row.quoted)), ...row.surplus.map((text) => print(text, false))].join(','),
  ])
  return `${[columns.join(','), ...lines].join('\n')}\n`
}
