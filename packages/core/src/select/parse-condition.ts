import { decodeList } from '../fields/list-literal.ts'
import type { RowContext } from '../fields/row-context.ts'
import { Fault } from '../issues/fault.ts'
import type { Condition, SelectedPath, Test } from '../ports/selection.ts'
import { closest } from '../issues/closest.ts'
import { findObject, type Catalog } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { parseFilterText, shown, type FilterText, type Operator } from './filter-text.ts'
import { filterValue } from './filter-value.ts'
import { foundBy } from './found-by.ts'
import { instantOrder, instantSpan } from './instant-span.ts'
import { phoneTexts } from './phone-texts.ts'
import { selectedPath } from './selected-path.ts'

/** Kinds of value by what can be asked of them. */
type Family = 'found-by' | 'text' | 'exact-text' | 'option' | 'choice' | 'number' | 'date' | 'instant' | 'list'

/** Record ids have 63 bits. */
const greatestId = 2n ** 63n - 1n

const everywhere: readonly Operator[] = ['=', '!=', 'in', 'is-empty', 'is-not-empty']
const ordered: readonly Operator[] = ['<', '<=', '>', '>=']
const inside: readonly Operator[] = ['contains', 'starts-with']
const asks: Record<Family, readonly Operator[]> = {
  'found-by': ['contains'],
  text: [...everywhere, ...ordered, ...inside],
  'exact-text': [...everywhere, ...ordered, ...inside],
  option: [...everywhere, ...inside],
  choice: everywhere,
  number: [...everywhere, ...ordered],
  date: [...everywhere, ...ordered],
  instant: [...everywhere, ...ordered],
  list: [...everywhere, 'contains'],
}

/**
 * One filter, typed by its field: `amount >= 1000`, `created_at = 2024-02-29` (the whole day, UTC), `tags contains VIP` (one of the tags
 * is VIP), `tags in (VIP, Press)` (any of them), `tags = VIP; Press` (exactly these). `!=` also finds records without a value. `* contains ada`:
 * anything that a record is looked for by has it.
 */
export function parseCondition(catalog: Catalog, object: ObjectType, text: string, at: string, context: RowContext): Condition {
  const filter = parseFilterText(text, at)
  const value = filter.field === '*' ? foundBy(catalog, object) : selectedPath(catalog, object, filter.field, at)
  const family = familyOf(value)
  if (!asks[family].includes(filter.operator)) {
    throw new Fault('where-invalid', `The filter "${shown(text)}" cannot be asked: ${value.path} is ${nameOf(value)} and has no "${filter.operator}". It takes ${asks[family].join(', ')}.`, { path: at })
  }
  const negated = filter.operator === '!=' || filter.operator === 'is-not-empty'
  if (filter.operator === 'is-empty' || filter.operator === 'is-not-empty') return { value, test: { kind: 'empty' }, negated }
  const phone = value.value.kind === 'found-by' || (value.value.kind === 'field' && value.value.field.kind === 'phone') ? context : null
  const read = (one: string): string => readValue(catalog, value, one, text, at, context)
  return { value, test: testOf(filter, family, read, phone), negated }
}

/** `phone`: how a text that is a telephone is read where the value may be one. */
function testOf({ operator, values: texts }: FilterText, family: Family, read: (text: string) => string, phone: RowContext | null): Test {
  const [first = ''] = texts
  const exact = family !== 'text' && family !== 'option' && family !== 'found-by'
  if (operator === 'contains' || operator === 'starts-with') {
    if (family === 'list') return { kind: 'has-any', values: decodeList(read(first)) }
    return operator === 'contains' ? { kind: operator, texts: phone ? phoneTexts(first, phone) : [first], exact } : { kind: operator, text: first, exact }
  }
  if (family === 'list') {
    return operator === 'in' ? { kind: 'has-any', values: texts.flatMap((text) => decodeList(read(text))) } : { kind: 'same-list', values: decodeList(read(first)) }
  }
  const order = operator === '<' || operator === '<=' || operator === '>' || operator === '>=' ? operator : null
  if (family === 'instant') {
    return order === null ? { kind: 'spans', spans: texts.map((text) => instantSpan(text, read(text))) } : { kind: 'order', ...instantOrder(order, first, read(first)), exact }
  }
  // An order among texts asks for the beginning of a name as often as for a whole value: it is not held to the field's form.
  if (order !== null) return { kind: 'order', operator: order, value: family === 'text' || family === 'exact-text' ? first : read(first), exact }
  return { kind: 'equals', values: texts.map(read), exact }
}

/** The canonical text of a filter's value. */
function readValue(catalog: Catalog, { value, object }: SelectedPath, text: string, filter: string, at: string, context: RowContext): string {
  switch (value.kind) {
    case 'field': return filterValue(value.field, text, filter, at, context)
    case 'id': {
      if (/^\d{1,19}$/.test(text) && BigInt(text) <= greatestId) return text
      throw new Fault('where-invalid', `The filter "${shown(filter)}" cannot be asked: "${shown(text)}" is no record id. An id is a whole number up to ${greatestId}.`, { path: at })
    }
    case 'key': case 'found-by': return text
    case 'target-object': {
      const found = findObject(catalog, text)
      if (found) return found.name
      const nearest = closest(text, catalog.objects.map((one) => one.name))
      throw new Fault('unknown-object', `There is no object "${shown(text)}".${nearest === null ? '' : ` Did you mean "${nearest}"?`} References of ${object.pluralLabel} are among: ${catalog.objects.map((one) => one.name).join(', ')}.`, { path: at })
    }
  }
}

function familyOf({ value }: SelectedPath): Family {
  if (value.kind === 'id') return 'number'
  if (value.kind === 'target-object') return 'choice'
  if (value.kind === 'key') return 'text'
  if (value.kind === 'found-by') return 'found-by'
  switch (value.field.kind) {
    case 'text': case 'long-text': case 'email': case 'url': case 'reference': return 'text'
    case 'external-id': case 'phone': return 'exact-text'
    case 'picklist': return 'option'
    case 'boolean': case 'owner': return 'choice'
    case 'number': case 'currency': case 'percent': return 'number'
    case 'date': return 'date'
    case 'date-time': return 'instant'
    case 'multi-select': case 'tags': return 'list'
  }
}

function nameOf({ value }: SelectedPath): string {
  if (value.kind === 'found-by') return 'all that a record is looked for by'
  return value.kind === 'field' ? `of kind ${value.field.kind}` : value.kind === 'id' ? 'a record id' : value.kind === 'key' ? 'what a record is found by' : 'the name of an object'
}
