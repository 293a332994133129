import type { Selection, SelectedPath } from '@longshore/core'
import type { ColumnKind } from '@longshore/formats'

/** Decimals of a number whose field does not say. */
const usualDecimals = 6

/** What the columns of an export hold, for formats with types. Record ids stay texts: spreadsheets keep fifteen digits of a number. */
export function columnKinds({ columns }: Selection): ColumnKind[] {
  return columns.map(kindOf)
}

function kindOf({ value }: SelectedPath): ColumnKind {
  if (value.kind !== 'field') return { kind: 'text' }
  switch (value.field.kind) {
    case 'number': case 'currency': case 'percent': return { kind: 'decimal', scale: value.field.precision?.decimals ?? usualDecimals }
    case 'boolean': case 'date': case 'date-time': return { kind: value.field.kind }
    default: return { kind: 'text' }
  }
}
