import type { CustomTypesConfig } from 'pg'

/** OIDs of the types that become something else than text. */
const boolean = 16, smallint = 21, integer = 23, oid = 26, float4 = 700, float8 = 701, json = 114, jsonb = 3802
const smallintArray = 1005, textArray = 1009, varcharArray = 1015, integerArray = 1007, bigintArray = 1016

/**
 * How column values become JavaScript values, set on each connection and never globally. Bigint, numeric, date and
 * timestamptz stay the text that PostgreSQL prints: a Number or a Date would lose digits.
 */
export const typeParsers: CustomTypesConfig = {
  getTypeParser: (id: number) => {
    switch (id) {
      case boolean: return (text: string) => text === 't'
      case smallint: case integer: case oid: case float4: case float8: return Number
      case json: case jsonb: return (text: string) => JSON.parse(text) as unknown
      case textArray: case varcharArray: case bigintArray: return (text: string) => parseArray(text)
      case smallintArray: case integerArray: return (text: string) => parseArray(text).map((element) => (element === null ? null : Number(element)))
      default: return (text: string) => text
    }
  },
}

/** Reads PostgreSQL's text form of a one-dimensional array: `{a,"b c",NULL}`. */
function parseArray(text: string): (string | null)[] {
  const elements: (string | null)[] = []
  let at = text.indexOf('{') + 1
  while (at < text.length && text[at] !== '}') {
    let element = ''
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"'; at += 1) {
        if (text[at] === '\\') at += 1
        element += text[at]
      }
      at += 1
      elements.push(element)
    } else {
      const start = at
      while (text[at] !== ',' && text[at] !== '}') at += 1
      element = text.slice(start, at)
      elements.push(element === 'NULL' ? null : element)
    }
    if (text[at] === ',') at += 1
  }
  return elements
}
