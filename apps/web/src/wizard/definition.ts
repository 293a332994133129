import type { ReadSettingsInput } from '@longshore/contract'

export type OnDuplicate = 'skip' | 'update' | 'update-if-newer' | 'create' | 'flag'
export type Operation = 'insert' | 'update' | 'upsert' | 'delete' | 'hard-delete'
export type MergeRule = 'always' | 'if-empty' | 'if-newer' | 'never' | 'append'
export type Transform = { kind: 'trim' } | { kind: 'case'; to: 'lower' | 'upper' | 'title' } | { kind: 'replace'; find: string; with: string } | { kind: 'value-map'; values: Record<string, string>; otherwise?: 'keep' | 'blank' }

/** What is said of a column; the rest is proposed. */
export interface ColumnChoice {
  /** From 1. Absent: its header says which column it is. */
  position?: number
  header?: string
  /** null: left out. Absent: as proposed. */
  field?: string | null
  default?: string
  blankClears?: boolean
  dates?: string
  decimal?: '.' | ','
  phones?: string
  transforms?: Transform[]
  combine?: { with: (number | string)[]; separator: string }
  split?: { by?: string; into: (string | null)[] }
  create?: { label?: string; kind?: string; options?: string[] }
}

/** The definition document of an import, as far as the wizard speaks of it. What it does not speak of goes through it unchanged. */
export interface Definition {
  object: string
  operation: Operation
  source: ReadSettingsInput & Record<string, unknown>
  columns: ColumnChoice[]
  savedMapping?: string
  match: string[][]
  onDuplicate: OnDuplicate
  onSeveral: 'fail' | 'oldest' | 'newest' | 'flag'
  missingReference: 'error' | 'create' | 'blank'
  restoreBinned?: boolean | undefined
  existingReference?: 'leave' | 'update' | undefined
  merge: Record<string, MergeRule>
  owner?: string | string[]
  defaults?: Record<string, string>
  backup?: boolean
}

/** What is said of the column at a position (from 1), by its number, else by its header. */
export function choiceAt(choices: readonly ColumnChoice[], position: number, header: string): ColumnChoice | undefined {
  return choices.find((one) => one.position === position) ?? choices.find((one) => one.position === undefined && one.header === header)
}

/** A definition with settings changed; one set to undefined goes. */
export function withChange(definition: Definition, change: Partial<Definition>): Definition {
  return Object.fromEntries(Object.entries({ ...definition, ...change }).filter(([, value]) => value !== undefined)) as unknown as Definition // the settings that are never left out are never undefined
}
