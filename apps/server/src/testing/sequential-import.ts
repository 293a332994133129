import { fieldsOfColumns, type MeantRow, type RandomImport } from './random-import.ts'

// What an import means, told the slow way: one row after the other over plain maps. It shares no code with the product.

export interface StoredContact { id: bigint; fields: Map<string, string | null>; account: bigint | null }
/** `said`: of one that rows of this import make, how rows describe it which may be written with the group of an earlier row. */
export interface StoredAccount { name: string; city: string | null; said?: { name: string; city: string | null }[] }
export interface PlainStore { contacts: Map<bigint, StoredContact>; accounts: Map<bigint, StoredAccount> }
export interface PlainOutcome { row: number; outcome: 'created' | 'updated' | 'skipped' | 'failed' | 'flagged' | 'deleted'; reason: string; record: bigint | null }

/** Carries the rows out on `store`, which is changed, and says how each ended. */
export function sequentialImport(store: PlainStore, job: number, { columns, rows, definition }: RandomImport): PlainOutcome[] {
  const { operation = 'insert', onDuplicate = 'skip', match = [], missingReference = 'error', existingReference = 'leave', defaults = {}, merge = {} } = definition
  const mayUpdate = operation !== 'insert' || onDuplicate === 'update'
  const clears = new Set((definition.columns ?? []).filter((column) => column.blankClears === true).map((column) => column.field))
  const inFile = new Set(rowsWithNumbers(rows).map(({ row }) => row))
  const before = new Map(store.accounts)
  const firstToName = new Map<string, number>()
  const gone: PlainStore = { contacts: new Map(), accounts: new Map() }
  const outcomes: PlainOutcome[] = []
  const cities = new Map<bigint, string>()

  for (const { row, meant } of rowsWithNumbers(rows)) {
    const end = (outcome: PlainOutcome['outcome'], reason: string, record: bigint | null = null): void => {
      outcomes.push({ row, outcome, reason, record })
      // what rows that end well say of an account that was there comes after all rows, the last word last
      if (existingReference === 'update' && account !== null && before.has(account) && city !== null && ['created', 'updated', 'flagged', 'nothing-to-change'].includes(outcome === 'skipped' ? reason : outcome)) cities.set(account, city)
    }
    let account: bigint | null = null
    let city: string | null = null
    const cells = new Map(columns.flatMap((header, i) => {
      const field = fieldsOfColumns[header]
      return field === null ? [] : [[field as string, i < columns.length - meant.missing ? meant.cells[i]?.value ?? null : null]]
    }))
    const nameless = (cells.get('last_name') ?? null) === null
    // a delete looks at what it matches by and at nothing else
    const looked = operation === 'delete' ? [...cells].filter(([field]) => match.some((criterion) => criterion.includes(field))).map(([, value]) => value) : [...cells.values()]
    const broken = looked.includes('bad') || meant.surplus.some((text) => text.trim() !== '')
    const company = cells.get('account.name') ?? null
    city = cells.get('account.billing_city') ?? null
    const unnamed = operation !== 'delete' && city !== null && company === null
    if (broken || unnamed || (nameless && operation === 'insert' && !mayUpdate)) { end('failed', 'invalid'); continue }

    if (company !== null && operation !== 'delete') {
      const key = nameKey(company)
      if (!firstToName.has(key)) firstToName.set(key, row)
      const known = [...before].filter(([, { name }]) => nameKey(name) === key).map(([id]) => id)
      if (known.length > 1) { end('failed', 'reference-ambiguous'); continue }
      if (known.length === 0 && missingReference === 'error') { end('failed', 'reference-missing'); continue }
      account = known[0] ?? (missingReference === 'create' ? idOf(job, firstToName.get(key) ?? row, 1) : null)
    }

    const reached = match.map(([field = '']) => matching(store, field, cells.get(field) ?? null)).find((found) => found.length > 0) ?? []
    const [record] = reached
    if (operation === 'delete') {
      const [deleted] = reached.length > 0 ? [] : match.map(([field = '']) => matching(gone, field, cells.get(field) ?? null)).find((found) => found.length > 0) ?? []
      if (deleted) end('skipped', 'already-gone', deleted.id)
      else if (reached.length > 1) end('failed', 'several-matches')
      else if (record === undefined) end('failed', 'no-match')
      else {
        store.contacts.delete(record.id)
        gone.contacts.set(record.id, record)
        end('deleted', 'none', record.id)
      }
      continue
    }
    const flags = operation === 'insert' && onDuplicate === 'flag' && record !== undefined
    const looks = match.length > 0 && !(operation === 'insert' && onDuplicate === 'create')
    if (looks && record !== undefined && !flags) {
      if (operation === 'insert' && onDuplicate === 'skip') {
        end('skipped', reached.every(({ id }) => isOf(id, job, inFile)) ? 'duplicate-in-file' : 'duplicate-in-store', record.id)
        continue
      }
      if (reached.length > 1) { end('failed', 'several-matches'); continue }
      const changes = [...cells].filter(([field, value]) => {
        if (field.startsWith('account.')) return false
        const old = record.fields.get(field) ?? null
        if (value === null && !(clears.has(field) && !(field === 'title' && defaults['title'] !== undefined))) return false
        const rule = merge[field] ?? 'always'
        return rule !== 'never' && !(rule === 'if-empty' && old !== null) && !same(field, old, value)
      })
      const link = merge['account.name'] ?? 'always'
      const linked = account !== null && account !== record.account && link !== 'never' && !(link === 'if-empty' && record.account !== null)
      if (changes.length === 0 && !linked) { end('skipped', 'nothing-to-change', record.id); continue }
      for (const [field, value] of changes) record.fields.set(field, value)
      if (linked) record.account = account
      if (record.account === account) makeAccount(store, account, company, city, before)
      end('updated', 'none', record.id)
      continue
    }
    if (operation === 'update') { end('failed', 'no-match'); continue }
    if (nameless) { end('failed', 'invalid'); continue }
    const id = idOf(job, row, 0)
    const fields = new Map([...cells].filter(([field]) => !field.startsWith('account.')))
    if (defaults['title'] !== undefined && (fields.get('title') ?? null) === null) fields.set('title', defaults['title'])
    store.contacts.set(id, { id, fields, account })
    makeAccount(store, account, company, city, match.length > 0 ? before : null)
    end(flags ? 'flagged' : 'created', flags ? 'possible-duplicate' : 'none', id)
  }
  for (const [id, said] of cities) store.accounts.set(id, { name: store.accounts.get(id)?.name ?? '', city: said })
  return outcomes
}

/** The rows that count, with the numbers that a spreadsheet shows beside them. */
export function rowsWithNumbers(rows: readonly MeantRow[]): { row: number; meant: MeantRow }[] {
  let row = 1
  return rows.flatMap((meant) => {
    row += meant.emptyLines + 1
    const texts = [...meant.cells.slice(0, meant.cells.length - meant.missing).map(({ text }) => text), ...meant.surplus]
    return texts.every((text) => text.trim() === '') ? [] : [{ row, meant }]
  })
}

function makeAccount(store: PlainStore, id: bigint | null, name: string | null, city: string | null, grouped: ReadonlyMap<bigint, unknown> | null): void {
  if (id === null || name === null) return
  const made = store.accounts.get(id) ?? { name, city }
  if (grouped && !grouped.has(id)) store.accounts.set(id, { ...made, said: [...made.said ?? [], { name, city }] })
  else store.accounts.set(id, made)
}

function matching(store: PlainStore, field: string, value: string | null): StoredContact[] {
  if (value === null) return []
  const key = (text: string): string => (field === 'email' ? text.toLowerCase() : text)
  return [...store.contacts.values()].filter((record) => {
    const held = record.fields.get(field) ?? null
    return held !== null && key(held) === key(value)
  })
}

function same(field: string, one: string | null, other: string | null): boolean {
  return one === other || (field === 'lead_score' && one !== null && other !== null && Number(one) === Number(other))
}

/** Case, punctuation and runs of blanks make no other name; a name of nothing but punctuation is one all the same. */
function nameKey(name: string): string {
  return name.toLowerCase().replaceAll(/[.,!]+/g, ' ').replaceAll(/ +/g, ' ').trim() || name
}

function idOf(job: number, row: number, slot: number): bigint {
  return (BigInt(job) << 35n) | (BigInt(row) << 3n) | BigInt(slot)
}

function isOf(id: bigint, job: number, rows: ReadonlySet<number>): boolean {
  return id >> 35n === BigInt(job) && rows.has(Number((id >> 3n) & 0xffffffffn))
}
