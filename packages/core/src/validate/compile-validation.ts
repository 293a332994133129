import type { ImportDefinition } from '../definition/import.ts'
import { Problem } from '../fields/problem.ts'
import { Fault } from '../issues/fault.ts'
import { issueRegistry, makeIssue } from '../issues/registry.ts'
import { isNullText, isNullWord } from './null-words.ts'
import { refuseBadValueMaps } from './refuse-value-maps.ts'
import { splitFullName } from '../map/split-full-name.ts'
import type { Mapping } from '../map/mapping.ts'
import type { RawRow } from '../ports/row.ts'
import type { ColumnBook } from './evidence/column-book.ts'
import { cellSteps, whenMissing, type CellStep } from './cell-step.ts'
import type { CheckedRow, RowKey } from './checked-row.ts'
import type { CheckSettings } from './check-settings.ts'
import { checkNeeded, neededReferences, type NeededReference } from './needed-reference.ts'
import { checkReference, referenceChecks, type ReferenceCheck } from './reference-check.ts'
import { checkWays, waysChecks, type WaysCheck } from './ways-check.ts'
import { addIssue, addProblem, addReadFaults, alreadyRefused, columnsOf } from './row-findings.ts'
import { rowRules } from './row-rules.ts'
import { compileScopes, rowScopes } from './row-scope.ts'

export interface ValidationInput {
  definition: ImportDefinition
  mapping: Mapping
  keys: readonly RowKey[]
  settings: CheckSettings
  /** Where what the columns say together is taken down; absent: nothing is. */
  book?: ColumnBook
}

/**
 * Compiles the check of a row: cells to targets, transforms, types, required values. The function it returns never throws, whatever the
 * cells hold, and reports every issue of a row. Keys are left empty: the match stage fills them. Throws a Fault for a default that its
 * field does not take.
 *
 * This is the hot loop of an import. Everything that can be known before the first row is in `steps`; per row it allocates what it returns.
 */
export function compileValidation({ definition, mapping, keys, settings, book }: ValidationInput): (raw: RawRow) => CheckedRow {
  const scopes = rowScopes(mapping, settings, definition)
  const turnScopes = compileScopes(scopes)
  const steps = cellSteps(mapping, definition, scopes, book ?? null)
  const related = referenceChecks(mapping, keys, scopes)
  const several = waysChecks(mapping)
  const needed = neededReferences(mapping, definition)
  const absent = absentFields(mapping, definition)
  const { headers, paths } = columnsOf(mapping)
  const decode = settings.formulaGuard ? settings.decodeFormula ?? null : null
  const blank: (string | null)[] = mapping.targets.map(() => null)
  const rules = rowRules(mapping, definition, settings)
  refuseBadDefaults(steps)
  refuseBadValueMaps(mapping)
  const own = book?.wantsCountries === true ? scopes[0]?.context ?? null : null

  return (raw) => {
    const source = raw.cells
    const cells = blank.slice()
    const row: CheckedRow = { row: raw.row, cells, keys: [], issues: [], errors: 0, createErrors: 0 }
    if (raw.faults) addReadFaults(row, raw, raw.faults, headers, paths)
    if (turnScopes !== null) turnScopes(source)
    if (own !== null && own.country !== null) book?.countries.see(own.country)
    let coded: CodedAmount[] | null = null
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i] as CellStep // in range; the check for undefined would be paid per cell
      if (step.onlyFor >= 0 && cells[step.onlyFor] !== step.onlyObject) continue
      const found = step.column < 0 ? null : source[step.column]
      let text = found === null || found === undefined || found === '' ? '' : trimmed(decode === null ? found : decode(found))
      if (step.combine !== null) text = combined(text, source, step.combine, decode)
      if (text === '' && step.nameColumn >= 0) text = namePart(source[step.nameColumn], step, decode)
      if (step.transform !== null) text = trimmed(step.transform(text))
      if (text === '') {
        if (step.default === null) {
          if (step.whenMissing !== 'nothing') addMissing(row, step)
          continue
        }
        text = step.default
        ;(row.defaulted ??= []).push(step.position)
      } else if (step.evidence !== null) step.evidence.see(text, raw.row, step.context.country)
      let parsed = step.nullWords === 'any' && isNullText(text) ? nothing : step.type.parse(text, step.field, step.context, step.reading)
      if (typeof parsed !== 'string' && step.nullWords !== 'never' && isNullWord(text)) {
        book?.noteBlank(step.position, text)
        if (step.default === null) {
          if (step.whenMissing !== 'nothing') addMissing(row, step)
          continue
        }
        text = step.default
        ;(row.defaulted ??= []).push(step.position)
        parsed = step.type.parse(text, step.field, step.context, step.reading)
      }
      if (typeof parsed !== 'string') {
        const said = found || text
        if (issueRegistry[parsed.code].severity === 'warning') {
          addProblem(row, parsed, step, said)
          if (step.whenMissing !== 'nothing') addMissing(row, step)
          continue
        }
        cells[step.position] = storable(said)
        if (!alreadyRefused(raw.faults, step.column)) addProblem(row, parsed, step, said)
        continue
      }
      cells[step.position] = parsed
      if (step.companion >= 0) cells[step.companion] = step.type.companion?.(text, parsed, step.field, step.context, step.reading) ?? null
      if (step.code >= 0) {
        const code = step.type.companion?.(text, parsed, step.field, step.context) ?? null
        if (code !== null) (coded ??= []).push({ step, code, text })
      }
      if (step.mayWarn) {
        const doubt = step.type.warn?.(text, parsed, step.field, step.context, step.reading)
        if (doubt) addProblem(row, doubt, step, text)
      }
    }
    if (coded !== null) settleCodes(row, coded)
    for (let i = 0; i < related.length; i++) checkReference(row, related[i] as ReferenceCheck)
    for (let i = 0; i < several.length; i++) checkWays(row, several[i] as WaysCheck, source)
    for (let i = 0; i < needed.length; i++) checkNeeded(row, needed[i] as NeededReference)
    for (let i = 0; i < absent.length; i++) addMissing(row, absent[i] as MissingField)
    if (rules !== null) rules(row)
    return row
  }
}

/** Stands for a text that says "nothing". */
const nothing = new Problem('required.missing')

/** `text.trim()`, without the call for the nine cells in ten that begin and end in plain sight. */
function trimmed(text: string): string {
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  return first > 0x20 && first < 0xa0 && last > 0x20 && last < 0xa0 ? text : text.trim()
}

/** A text with those of other columns; empty ones leave no separator behind. */
function combined(text: string, source: RawRow['cells'], { columns, separator }: NonNullable<CellStep['combine']>, decode: ((text: string) => string) | null): string {
  let joined = text
  for (const column of columns) {
    const found = source[column]
    const more = found === null || found === undefined || found === '' ? '' : trimmed(decode === null ? found : decode(found))
    if (more !== '') joined = joined === '' ? more : joined + separator + more
  }
  return joined
}

type MissingField = Pick<CellStep, 'header' | 'path' | 'field' | 'whenMissing'>

interface CodedAmount {
  step: CellStep
  /** ISO 4217 code that the amount's text bears. */
  code: string
  text: string
}

/** Required fields of the object that no target fills: every row that creates lacks them. */
function absentFields(mapping: Mapping, definition: ImportDefinition): MissingField[] {
  const filled = new Set(mapping.targets.map((target) => target.path))
  return mapping.object.fields.filter((field) => !filled.has(field.name) && !field.companionOf && field.kind !== 'reference')
    .map((field) => ({ header: null, path: field.name, field, whenMissing: whenMissing(definition, field, false) }))
    .filter((field) => field.whenMissing !== 'nothing')
}

/** A default is parsed before the first row, so that one typo is one fault and not an issue per row. */
function refuseBadDefaults(steps: readonly CellStep[]): void {
  for (const { default: text, type, field, context, path } of steps) {
    // Which stages there are depends on the row's pipeline.
    if (text === null || field.name === 'stage') continue
    const parsed = type.parse(text, field, context)
    if (typeof parsed === 'string') continue
    const { message } = makeIssue(parsed.code, { row: 0, column: null, field: path, value: text }, { ...parsed.params, where: `the default of ${path}` })
    throw new Fault('default-invalid', message, { path: `defaults.${path}` })
  }
}

function namePart(cell: string | null | undefined, { namePart: part, nameTransform }: CellStep, decode: ((text: string) => string) | null): string {
  if (cell === null || cell === undefined || cell === '') return ''
  const name = (decode === null ? cell : decode(cell)).trim()
  return splitFullName(nameTransform === null ? name : nameTransform(name))[part] ?? ''
}

function addMissing(row: CheckedRow, { header, path, field, whenMissing: when }: MissingField): void {
  addIssue(row, makeIssue('required.missing', { row: row.row, column: header, field: path, value: null, onCreate: when === 'error-on-create' }, { label: field.label }))
}

/** Amounts that bear a currency fill an empty code cell; where the row names another code, that one stands, with a warning. */
function settleCodes(row: CheckedRow, amounts: readonly CodedAmount[]): void {
  for (const { step, code, text } of amounts) {
    const named = row.cells[step.code] ?? null
    if (named === null) row.cells[step.code] = code
    else if (named !== code && !mayMean(step, text, named)) addProblem(row, new Problem('type.currency-conflict', { found: code, expected: named }), step, text)
  }
}

/** Whether the amount's sign is one that the currency shares with others: `$` beside CAD. */
function mayMean({ type, field, context }: CellStep, text: string, code: string): boolean {
  return type.companion?.(text, '', field, { ...context, country: null, defaultCurrency: code }) === code
}

/** A source text as a database can hold it: a NUL shown as its picture, half a character as a replacement character. */
function storable(text: string): string {
  return text.replaceAll('\0', '␀').toWellFormed()
}
