import { mergeSteps } from '@longshore/core'
import type { MergeStep, MergedTarget } from '@longshore/core'
import { canonicalValue } from '../objects/canonical-value.ts'
import { columnOf, sqlType } from '../objects/column.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** One field of an import, as SQL over a record `o` and what `MergeSql.layers` work out. */
export interface MergedField {
  /** Position of the target. */
  at: number
  name: string
  /** What the record holds, as canonical text. */
  old: string
  /** What the row brings, joined to what is there where the step joins. */
  incoming: string
  /** What it holds afterwards. */
  merged: string
  /** The record's column, and its type. */
  column: string
  type: string
  /** Whether that is another text. */
  changed: string
}

/** Core's merge steps in SQL: the same row over the same record gives the same values (docs/decisions/0035, held by lone-rows.pg.test.ts). */
export interface MergeSql {
  /** Joined laterally, each on those before, after a staged row `s`, a record `o` and the row's cells `c.cells`. */
  layers: string[]
  fields: MergedField[]
  /** Whether the text of a field would grow beyond what it takes. */
  tooLong: string
}

/**
 * Null where a step is one that only core carries out: the union of lists, the age of data, moments, and fields that no column keeps.
 */
export function mergeSql(targets: readonly MergedTarget[]): MergeSql | null {
  const steps = mergeSteps(targets)
  const stored = targets.map(({ field }) => columnOf(field))
  if (steps.some((step) => stored[step.at] === null || step.joins === 'unite' || step.admits === 'older' || step.compares === 'instant')) return null
  if (steps.some(({ companions }) => companions.some((c) => { const field = targets[c]?.field; return field === undefined || sqlType(field) !== 'text' }))) return null
  const column = (at: number): string => `o.${quoteIdentifier(stored[at] ?? '')}`
  const cell = (at: number): string => `c.cells[${at + 1}]`
  // a default is for new records only
  const mayDefault = targets.some((target) => target.default !== null)
  const own = steps.flatMap(({ at, companions }) => [at, ...companions])
  const values = own.flatMap((at) => {
    const target = targets[at]
    if (target === undefined) return []
    const isStep = steps.some((step) => step.at === at)
    return [`${canonicalValue(target.field, column(at))} AS old_${at}`, `${mayDefault && isStep ? `CASE WHEN ${at} = ANY(s.defaulted) THEN NULL ELSE ${cell(at)} END` : cell(at)} AS cell_${at}`]
  })
  const joined = steps.filter((step) => step.joins === 'add-line').map((step) => `${withLine(`v.old_${step.at}`, `v.cell_${step.at}`)} AS text_${step.at}`)
  const incoming = ({ at, joins }: MergeStep): string => (joins === 'add-line' ? `j.text_${at}` : `v.cell_${at}`)
  const flags = steps.flatMap((step) => {
    const { at } = step
    const present = step.clears ? mayDefault ? `(v.cell_${at} IS NOT NULL OR coalesce(${at} <> ALL(s.defaulted), true))` : 'true' : `v.cell_${at} IS NOT NULL`
    const admitted = { any: 'true', never: 'false', empty: `${column(at)} IS NULL` }[step.admits as 'any' | 'never' | 'empty']
    const gate = [present, admitted].filter((condition) => condition !== 'true').join(' AND ') || 'true'
    const differs = differ(step, targets[at], column(at), `v.old_${at}`, incoming(step))
    const alone = (c: number): string => step.companionsAlone ? `v.cell_${c} IS NOT NULL AND v.cell_${c} IS DISTINCT FROM v.old_${c}` : `${differs} AND v.cell_${c} IS DISTINCT FROM v.old_${c}`
    return [`${gate} AND ${differs} AS changes_${at}`, ...step.companions.map((c) => `${gate} AND ${alone(c)} AS changes_${c}`)]
  })
  const tooLong = steps.flatMap((step) => (step.longest === null ? [] : [`(d.changes_${step.at} AND char_length(j.text_${step.at}) > ${step.longest})`]))
  return {
    layers: [`SELECT ${[...values, 'true AS there'].join(', ')}`, ...(joined.length > 0 ? [`SELECT ${joined.join(', ')}`] : []), `SELECT ${[...flags, 'true AS there'].join(', ')}`]
      .map((select, i, all) => `CROSS JOIN LATERAL (${select} OFFSET 0) ${i === 0 ? 'v' : i === all.length - 1 ? 'd' : 'j'}`),
    fields: own.map((at) => {
      const step = steps.find((one) => one.at === at)
      const brought = step ? incoming(step) : `v.cell_${at}`
      return { at, name: targets[at]?.field.name ?? '', old: `v.old_${at}`, incoming: brought, merged: `CASE WHEN d.changes_${at} THEN ${brought} ELSE v.old_${at} END`, changed: `d.changes_${at}`, column: stored[at] ?? '', type: typeOf(targets[at]) }
    }),
    tooLong: tooLong.join(' OR ') || 'false',
  }
}

function typeOf(target: MergedTarget | undefined): string {
  return target === undefined ? 'text' : sqlType(target.field)
}

/** Whether the record's value and another are two: numbers as numbers, all else as the canonical text. */
function differ(step: MergeStep, target: MergedTarget | undefined, column: string, old: string, incoming: string): string {
  if (step.compares === 'decimal') return `${column} IS DISTINCT FROM ${incoming}::numeric`
  return target && sqlType(target.field) === 'text' ? `${column} IS DISTINCT FROM ${incoming}` : `${old} IS DISTINCT FROM ${incoming}`
}

/** A text with another as its last line, unless that is there already. */
function withLine(old: string, added: string): string {
  return `CASE WHEN ${old} IS NULL OR ${added} IS NULL THEN ${added} WHEN ${old} = ${added} OR right(${old}, char_length(${added}) + 1) = E'\\n' || ${added} THEN ${old} ELSE ${old} || E'\\n' || ${added} END`
}
