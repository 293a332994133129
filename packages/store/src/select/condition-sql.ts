import { encodeList } from '@longshore/core'
import type { Condition, Test } from '@longshore/core'
import { sqlType } from '../objects/column.ts'

/** Adds a value to the statement, and gives the expression that reads it back as text. */
export type AddValue = (value: string) => string

/** SQL of one condition on the expression `stored`, for a WHERE. A negated one holds where there is no value; the others are left bare, for around `IS TRUE` PostgreSQL uses no index. */
export function conditionSql({ value, test, negated }: Condition, stored: string, add: AddValue): string {
  const type = value.value.kind === 'field' ? sqlType(value.value.field) : value.value.kind === 'id' ? 'bigint' : 'text'
  return `(${testSql(test, stored, type, add)})${negated ? ' IS NOT TRUE' : ''}`
}

function testSql(test: Test, stored: string, type: string, add: AddValue): string {
  switch (test.kind) {
    case 'empty':
      return type === 'text[]' ? `coalesce(cardinality(${stored}), 0) = 0` : type === 'text' ? `coalesce(${stored}, '') = ''` : `${stored} IS NULL`
    case 'equals': {
      const list = add(encodeList(test.values))
      // Both sides go through the same lower(), so that equal texts are equal whatever the database's locale makes of their letters.
      return type === 'text' && !test.exact
        ? `lower(${stored}) = ANY (ARRAY(SELECT lower(wanted) FROM unnest(${list}::text[]) wanted))` // as a list that is made once: as a query it would be joined
        : `${stored} = ANY (${list}::${type}[])`
    }
    case 'order': {
      const wanted = add(test.value)
      if (type !== 'text') return `${stored} ${test.operator} ${wanted}::${type}`
      return `${folded(stored, test.exact)} COLLATE "C" ${test.operator} ${folded(wanted, test.exact)} COLLATE "C"`
    }
    case 'spans':
      return test.spans.map(({ from, before }) => before === null
        ? `${stored} = ${add(from)}::timestamptz`
        : `(${stored} >= ${add(from)}::timestamptz AND ${stored} < ${add(before)}::timestamptz)`).join(' OR ')
    case 'contains':
      return test.texts.map((text) => `position(${folded(add(text), test.exact)} IN ${folded(stored, test.exact)}) > 0`).join(' OR ')
    case 'starts-with':
      return `starts_with(${folded(stored, test.exact)}, ${folded(add(test.text), test.exact)})`
    case 'has-any':
      return `${foldedList(stored)} && ${foldedList(`${add(encodeList(test.values))}::text[]`)}`
    case 'same-list': {
      const wanted = foldedList(`${add(encodeList(test.values))}::text[]`)
      return `${foldedList(stored)} @> ${wanted} AND ${foldedList(stored)} <@ ${wanted}`
    }
  }
}

function folded(text: string, exact: boolean): string {
  return exact ? text : `lower(${text})`
}

function foldedList(list: string): string {
  return `(lower(${list}::text))::text[]`
}
