import { outcomes, reasons } from '@longshore/core'

/**
 * SQL: whether the row of an issue `i` has a record that it would change: it breaks rules as that record would stand, or fails for its cells and has
 * the key of one (`noteMetRecords`). Then it makes no new one, and what was found of it as a new record is said already, or is not so.
 */
export function judgedAsStored(schema: string, i: string): string {
  return `(EXISTS (SELECT 1 FROM ${schema}._issue met WHERE met.job = ${i}.job AND met.row_number = ${i}.row_number AND NOT met.on_create AND met.code IN ('rule.broken', 'rule.doubted'))
    OR EXISTS (SELECT 1 FROM ${schema}._plan met WHERE met.job = ${i}.job AND met.row_number = ${i}.row_number AND met.reason = ${reasons.indexOf('invalid')} AND met.rivals IS NOT NULL))`
}

/**
 * SQL: whether an issue `i` of a planned job counts. One about a new record counts where there is one: an error where the row would have made
 * a record and failed, a warning where it makes one. `schema` is quoted.
 */
export function issueStands(schema: string, i: string): string {
  const own = `SELECT 1 FROM ${schema}._plan own WHERE own.job = ${i}.job AND own.row_number = ${i}.row_number`
  return `(NOT ${i}.on_create OR CASE ${i}.severity WHEN 'error' THEN EXISTS (${own} AND own.reason = ${reasons.indexOf('invalid')}) AND NOT ${judgedAsStored(schema, i)}
    ELSE NOT EXISTS (${own} AND own.action NOT IN (${outcomes.indexOf('created')}, ${outcomes.indexOf('flagged')})) END)`
}
