import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js'
import type { Leaf } from './column-cursor.ts'
import type { Levels } from './page-reader.ts'
import type { ColumnDecoder } from './page-values.ts'

/** The library's parsers, which leave the moment of an INT96 as it is: nanoseconds. */
export const parsers = { ...DEFAULT_PARSERS, timestampFromNanoseconds: (nanos: bigint) => nanos }

export function levelsOf({ schemaPath }: Leaf): Levels {
  return { repetition: getMaxRepetitionLevel(schemaPath), definition: getMaxDefinitionLevel(schemaPath) }
}

/** What the library needs to know of a leaf to convert its values. */
export function columnDecoder({ column, schemaPath }: Leaf): ColumnDecoder {
  const element = schemaPath.at(-1)?.element
  if (element?.type === undefined) throw new Error('a leaf without a type')
  return { pathInSchema: column.path_in_schema, type: element.type, element, schemaPath, codec: column.codec, parsers, utf8: false }
}
