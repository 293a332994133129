import { useSyncExternalStore } from 'react'
import type { ReadSettingsInput } from '@longshore/contract'

export type OnDuplicate = 'skip' | 'update' | 'update-if-newer' | 'create' | 'flag'
export type Operation = 'insert' | 'update' | 'upsert' | 'delete'
export type MergeRule = 'always' | 'if-empty' | 'if-newer' | 'never' | 'append'

/** What a person has said of a column; the rest is proposed. */
export interface ColumnChoice {
  /** From 1. */
  position: number
  /** null: left out. Absent: as proposed. */
  field?: string | null
  default?: string
  blankClears?: boolean
  dates?: 'dmy' | 'mdy' | 'ymd'
  decimal?: '.' | ','
  phones?: string
  transforms?: { kind: 'trim' | 'case'; to?: 'lower' | 'upper' | 'title' }[]
  combine?: { with: number[]; separator: string }
}

/** An import before it is checked: from the check on the job itself keeps all of it. */
export interface Draft {
  file: { upload: string; name: string; sizeBytes: number } | { url: string } | null
  object: string
  source: ReadSettingsInput
  columns: ColumnChoice[]
  operation: Operation
  onDuplicate: OnDuplicate
  onSeveral: 'fail' | 'oldest' | 'newest' | 'flag'
  match: string[][]
  /** Whether the criteria were chosen, or are what the object suggests. */
  matchChosen: boolean
  merge: Record<string, MergeRule>
  missingReference: 'error' | 'create' | 'blank'
}

export function newDraft(object: string): Draft {
  return { file: null, object, source: {}, columns: [], operation: 'insert', onDuplicate: 'skip', onSeveral: 'fail', match: [], matchChosen: false, merge: {}, missingReference: 'error' }
}

const prefix = 'longshore.import.'
const listeners = new Set<() => void>()
const held = new Map<string, Draft | null>()

/** The draft of this id: kept in the browser, so that a reload, a lost connection or an expired session takes nothing away. */
export function useDraft(id: string): Draft | null {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener) }, () => readDraft(id))
}

export function readDraft(id: string): Draft | null {
  if (!held.has(id)) {
    const text = localStorage.getItem(prefix + id)
    held.set(id, text === null ? null : JSON.parse(text) as Draft) // written by saveDraft alone
  }
  return held.get(id) ?? null
}

export function saveDraft(id: string, draft: Draft): void {
  held.set(id, draft)
  localStorage.setItem(prefix + id, JSON.stringify(draft))
  for (const listener of listeners) listener()
}

export function changeDraft(id: string, change: Partial<Draft>): void {
  const draft = readDraft(id)
  if (draft) saveDraft(id, { ...draft, ...change })
}

/** Which draft a job was made of, so that its earlier steps can be opened again. */
export function rememberJob(job: number, id: string): void {
  localStorage.setItem(`${prefix}job.${job}`, id)
}

export function draftOfJob(job: number): string | null {
  const id = localStorage.getItem(`${prefix}job.${job}`)
  return id !== null && readDraft(id) ? id : null
}

/** The definition document that the draft says. */
export function definitionOf(draft: Draft) {
  const updates = draft.operation !== 'insert' || draft.onDuplicate === 'update' || draft.onDuplicate === 'update-if-newer'
  return {
    object: draft.object, operation: draft.operation, source: draft.source, columns: draft.columns.map(({ transforms, ...column }) => ({ ...column, ...(transforms && transforms.length > 0 ? { transforms } : {}) })),
    match: draft.match, onSeveral: draft.onSeveral, missingReference: draft.missingReference,
    ...(draft.operation === 'insert' ? { onDuplicate: draft.onDuplicate } : {}), ...(updates && draft.operation !== 'delete' ? { merge: draft.merge } : {}),
  }
}
