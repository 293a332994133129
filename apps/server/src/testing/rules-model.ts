// What imports, edits, undo and the bin mean, told the slow way over plain maps: one row after the other, one field after the other.
// It shares no code with the product. Values are what the fields hold: tags as lists, moments as ISO texts, `now` for a job's own moment.

export type Value = string | readonly string[] | null
export type Rule = 'always' | 'if-empty' | 'if-newer' | 'never' | 'append'
export const fields = ['email', 'external_id', 'last_name', 'title', 'tags', 'description', 'updated_at'] as const
export type FieldName = (typeof fields)[number]
export type Fields = Map<FieldName, Value>

export interface Change { kind: 'update' | 'delete' | 'restore'; job: number | null; undo: boolean; asOf: string | null; before: Fields; after: Fields }
export interface ModelRecord { id: bigint; job: number; fields: Fields; born: string | null; binned: boolean; changes: Change[] }
export interface ModelRow { row: number; cells: Fields }
export interface ModelImport {
  operation: 'insert' | 'update' | 'upsert' | 'delete'
  onDuplicate: 'skip' | 'update' | 'update-if-newer' | 'create' | 'flag'
  onSeveral: 'fail' | 'oldest' | 'newest' | 'flag'
  match: readonly (readonly FieldName[])[]
  merge: ReadonlyMap<FieldName, Rule>
  clears: ReadonlySet<FieldName>
  /** A row that meets no live record brings back one that it meets in the bin: the one that the latest job deleted. */
  restores: boolean
}
export interface ModelOutcome { row: number; outcome: string; reason: string; record: bigint | null }

export class Model {
  readonly records = new Map<bigint, ModelRecord>()
  readonly undone = new Set<number>()
  /** Pairs that flagged rows made: later record, other record. */
  readonly pairs: [bigint, bigint][] = []

  import(job: number, what: ModelImport, rows: readonly ModelRow[], now: string): ModelOutcome[] {
    const goneNow = new Set<bigint>()
    return rows.map(({ row, cells }): ModelOutcome => {
      const end = (outcome: string, reason = '', record: bigint | null = null): ModelOutcome => ({ row, outcome, reason, record })
      const mayUpdate = what.operation !== 'insert' || what.onDuplicate.startsWith('update')
      if (what.operation === 'insert' && !mayUpdate && empty(cells.get('last_name'))) return end('failed', 'invalid')
      const reached = this.#find(what, cells, (record) => !record.binned)
      if (what.operation === 'delete' && reached.length === 0) {
        const [gone] = this.#find(what, cells, (record) => goneNow.has(record.id))
        return gone ? end('skipped', 'already-gone', gone.id) : end('failed', 'no-match')
      }
      const create = (outcome: string): ModelOutcome => {
        if (empty(cells.get('last_name'))) return end('failed', 'invalid')
        const id = (BigInt(job) << 35n) | (BigInt(row) << 3n)
        const asOf = text(cells.get('updated_at'))
        const made: Fields = new Map(fields.map((name) => [name, cells.get(name) ?? null]))
        made.set('updated_at', asOf ?? now)
        this.records.set(id, { id, job, fields: made, born: asOf, binned: false, changes: [] })
        return end(outcome, '', id)
      }
      if (reached.length === 0 && what.restores) {
        const deleted = this.#find(what, cells, (record) => record.binned).sort((a, b) => binnedBy(a) - binnedBy(b) || (a.id < b.id ? -1 : 1)).at(-1)
        if (deleted) return this.#update(job, what, deleted, cells, now, end)
      }
      if (reached.length === 0) return what.operation === 'update' ? end('failed', 'no-match') : create('created')
      const [first] = reached
      if (what.operation === 'insert') {
        if (what.onDuplicate === 'create') return create('created')
        if (what.onDuplicate === 'skip') return end('skipped', 'duplicate', first?.id ?? null)
      }
      if ((what.operation === 'insert' && what.onDuplicate === 'flag') || (reached.length > 1 && what.onSeveral === 'flag')) {
        const made = create('flagged')
        if (made.record !== null) for (const other of reached) this.pairs.push([made.record, other.id])
        return made
      }
      if (reached.length > 1 && what.onSeveral === 'fail') return end('failed', 'several-matches')
      // ids grow with the moment of creation: the oldest has the lowest
      const sorted = reached.toSorted((a, b) => (a.id < b.id ? -1 : 1))
      const record = what.onSeveral === 'newest' ? sorted.at(-1) : sorted[0]
      if (!record) throw new Error('a record was reached')
      if (what.operation === 'delete') {
        record.binned = true
        goneNow.add(record.id)
        record.changes.push({ kind: 'delete', job, undo: false, asOf: null, before: new Map(), after: new Map() })
        return end('deleted', '', record.id)
      }
      return this.#update(job, what, record, cells, now, end)
    })
  }

  #update(job: number, what: ModelImport, record: ModelRecord, cells: Fields, now: string, end: (outcome: string, reason: string, record: bigint | null) => ModelOutcome): ModelOutcome {
    const newest = what.onDuplicate === 'update-if-newer'
    const asksForAge = newest || [...what.merge.values()].includes('if-newer')
    const modified = text(cells.get('updated_at'))
    const before: Fields = new Map()
    const after: Fields = new Map()
    let older = false
    for (const name of fields) {
      const rule = what.merge.get(name) ?? (newest || (asksForAge && name === 'updated_at') ? 'if-newer' : 'always')
      const old = record.fields.get(name) ?? null
      const cell = cells.get(name) ?? null
      if (empty(cell) && !(what.clears.has(name) && name !== 'last_name')) continue
      const incoming = rule === 'append' && !empty(cell) && !empty(old) ? appended(name, old, cell) : cell
      if (same(old, incoming) || rule === 'never' || (rule === 'if-empty' && !empty(old))) continue
      if (rule === 'if-newer' && !(modified !== null && later(modified, this.#age(record, name)))) { older = true; continue }
      before.set(name, old)
      after.set(name, incoming)
    }
    if (after.size === 0 && !record.binned) return end('skipped', older ? 'older' : 'nothing-to-change', record.id)
    if (record.binned) {
      record.binned = false
      record.changes.push({ kind: 'restore', job, undo: false, asOf: null, before: new Map(), after: new Map() })
      if (after.size === 0) return end('updated', 'restored', record.id)
    }
    const merged = after.get('updated_at') ?? record.fields.get('updated_at') ?? null
    const moment = modified === null ? now : merged
    if (!same(moment, record.fields.get('updated_at') ?? null)) { before.set('updated_at', record.fields.get('updated_at') ?? null); after.set('updated_at', moment) }
    for (const [name, value] of after) record.fields.set(name, value)
    record.changes.push({ kind: 'update', job, undo: false, asOf: modified, before, after })
    return end('updated', '', record.id)
  }

  edit(id: bigint, values: Fields, now: string): void {
    const record = this.records.get(id)
    if (!record) throw new Error('only a record that exists is edited')
    const changed = [...values].filter(([name, value]) => !same(record.fields.get(name) ?? null, value))
    if (changed.length === 0) return
    const after: Fields = new Map([...changed, ['updated_at', now]])
    const before: Fields = new Map([...after.keys()].map((name) => [name, record.fields.get(name) ?? null]))
    for (const [name, value] of after) record.fields.set(name, value)
    record.changes.push({ kind: 'update', job: null, undo: false, asOf: now, before, after })
  }

  restore(id: bigint): void {
    const record = this.records.get(id)
    if (!record) throw new Error('only a record that exists is restored')
    record.binned = false
    record.changes.push({ kind: 'restore', job: null, undo: false, asOf: null, before: new Map(), after: new Map() })
  }

  /** Takes an import back; returns how many records were kept, at least in part. */
  undo(job: number, by: number): number {
    let kept = 0
    for (const record of this.records.values()) {
      const own = record.changes.filter((change) => change.job === job)
      if (record.job === job) {
        if (record.binned) continue
        if (editedByOthers(record, job)) { kept++; continue }
        record.binned = true
        record.changes.push({ kind: 'delete', job: by, undo: true, asOf: null, before: new Map(), after: new Map() })
        continue
      }
      const updates = own.filter(({ kind }) => kind === 'update')
      const broughtBack = record.changes.findIndex((change) => change.job === job && change.kind === 'restore')
      const partly = updates.length > 0 && takeBack(record, updates, by)
      if (broughtBack >= 0 ? !record.binned && editedByOthers({ ...record, changes: record.changes.slice(broughtBack).filter((change) => change.job !== by) }, job) : partly) kept++
      else if (broughtBack >= 0 && !record.binned) {
        record.binned = true
        record.changes.push({ kind: 'delete', job: by, undo: true, asOf: null, before: new Map(), after: new Map() })
      }
      if (record.binned && record.changes.findLast(({ kind }) => kind === 'delete')?.job === job) {
        record.binned = false
        record.changes.push({ kind: 'restore', job: by, undo: true, asOf: null, before: new Map(), after: new Map() })
      }
    }
    this.undone.add(job)
    return kept
  }

  #find(what: ModelImport, cells: Fields, counts: (record: ModelRecord) => boolean): ModelRecord[] {
    for (const criterion of what.match) {
      const wanted = criterion.map((name) => keyOf(name, cells.get(name) ?? null))
      if (wanted.includes(null)) continue
      const found = [...this.records.values()].filter((record) => counts(record) && criterion.every((name, i) => keyOf(name, record.fields.get(name) ?? null) === wanted[i]))
      if (found.length > 0) return found
    }
    return []
  }

  #age(record: ModelRecord, name: FieldName): string | null {
    const standing = record.changes.filter((change) => change.kind === 'update' && !change.undo && change.asOf !== null && change.after.has(name) && !(change.job !== null && change.job !== record.job && this.undone.has(change.job)))
    return standing.at(-1)?.asOf ?? record.born
  }
}

/** Gives each field back what it held; true when something of it is kept. */
function takeBack(record: ModelRecord, updates: readonly Change[], by: number): boolean {
  const before: Fields = new Map()
  const after: Fields = new Map()
  let kept = false
  for (const name of fields) {
    if (name === 'updated_at') continue
    const touching = updates.filter((change) => change.after.has(name))
    const now = record.fields.get(name) ?? null
    if (touching.length === 0 || same(now, touching[0]?.before.get(name) ?? null)) continue
    let value = now
    for (const change of touching.toReversed()) {
      const [was, left] = [change.before.get(name) ?? null, change.after.get(name) ?? null]
      const rest = same(value, left) ? was : without(name, value, was, left)
      if (rest === undefined) { kept = true; break }
      value = rest
    }
    if (!same(now, value)) { before.set(name, now); after.set(name, value) }
  }
  const moments = updates.filter((change) => change.after.has('updated_at'))
  const moment = record.fields.get('updated_at') ?? null
  if (!kept && moments.length > 0 && same(moment, moments.at(-1)?.after.get('updated_at') ?? null)) {
    const back = moments[0]?.before.get('updated_at') ?? null
    if (!same(back, moment)) { before.set('updated_at', moment); after.set('updated_at', back) }
  }
  if (after.size > 0) {
    for (const [name, value] of after) record.fields.set(name, value)
    record.changes.push({ kind: 'update', job: by, undo: true, asOf: null, before, after })
  }
  return kept
}

/** Whether the net effect of all that others did since the job is still there. */
function editedByOthers(record: ModelRecord, job: number): boolean {
  const left: Fields = new Map()
  const last: Fields = new Map()
  for (const change of record.changes.filter(({ kind }) => kind === 'update')) {
    for (const [name, value] of change.after) {
      if (change.job === job) left.set(name, value)
      else if (!left.has(name)) left.set(name, change.before.get(name) ?? null)
      last.set(name, value)
    }
  }
  return [...last].some(([name, value]) => name !== 'updated_at' && !same(left.get(name) ?? null, value))
}

/** The job that moved a record to the bin. */
function binnedBy(record: ModelRecord): number {
  return record.changes.findLast(({ kind }) => kind === 'delete')?.job ?? 0
}

function appended(name: FieldName, old: Value, added: Value): Value {
  if (name === 'tags') return [...list(old), ...list(added).filter((tag) => !list(old).includes(tag))]
  const [held, line] = [text(old) ?? '', text(added) ?? '']
  return held === line || held.endsWith(`\n${line}`) ? held : `${held}\n${line}`
}

/** What is left when only the additions of a change are taken out; undefined where it did not only add. */
function without(name: FieldName, value: Value, was: Value, left: Value): Value | undefined {
  if (value === null || was === null || left === null) return undefined
  if (name === 'tags') {
    if (!list(was).every((tag) => list(left).includes(tag))) return undefined
    return list(value).filter((tag) => list(was).includes(tag) || !list(left).includes(tag))
  }
  if (name !== 'description') return undefined
  const [now, held, made] = [text(value) ?? '', text(was) ?? '', text(left) ?? '']
  if (!made.startsWith(`${held}\n`) || !(now === made || now.startsWith(`${made}\n`))) return undefined
  return held + now.slice(made.length)
}

function keyOf(name: FieldName, value: Value): string | null {
  const found = text(value)
  return found === null ? null : name === 'external_id' ? found : found.toLowerCase()
}

function empty(value: Value | undefined): boolean { return value === null || value === undefined }
function text(value: Value | undefined): string | null { return typeof value === 'string' ? value : null }
function list(value: Value): readonly string[] { return typeof value === 'string' || value === null ? [] : value }
function same(a: Value, b: Value): boolean { return JSON.stringify(a) === JSON.stringify(b) }
function later(a: string, b: string | null): boolean { return b === null || a > b }
