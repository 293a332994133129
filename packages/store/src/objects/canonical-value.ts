import type { Field } from '@longshore/core'

/**
 * SQL expression that prints a stored value as core's canonical text, null for null: the form that checking gives, so that a
 * value read back and the same value from a file are equal text.
 */
export function canonicalValue(field: Field, column: string): string {
  switch (field.kind) {
    case 'date': return `to_char(${column}, 'YYYY-MM-DD')`
    case 'date-time': return canonicalInstant(column)
    case 'multi-select': case 'tags':
      return `CASE WHEN ${column} IS NOT NULL THEN '{' || coalesce((SELECT string_agg('"' || replace(replace(x, '\\', '\\\\'), '"', '\\"') || '"', ',' ORDER BY n) FROM unnest(${column}) WITH ORDINALITY u (x, n)), '') || '}' END`
    default: return `${column}::text`
  }
}

/** The same for system columns of type timestamptz. Sessions print moments as ISO 8601 does, without zeros at the end; `to_char` takes four times as long. */
export function canonicalInstant(column: string): string {
  return `replace((${column} AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z'`
}
