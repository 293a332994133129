import { joinList } from '@longshore/core/split-list'
import type { FileMetaData, SchemaElement, SchemaTree } from 'hyparquet'
import { parquetSchema } from 'hyparquet/src/metadata.js'
import { pathJoint } from '../nested/columns.ts'
import { isText, leafType } from './value-text.ts'
import type { LeafType } from './value-text.ts'

/** A column that is read of the file: a path of names, and how the value found there becomes text. */
export interface ParquetColumn {
  path: string
  /** Names below the column of the file, as keys of what the library gives. */
  keys: string[]
  text: (value: unknown) => string | null
  /** The schema's element where the bytes of the value are the text; null for all others. */
  plain: SchemaElement | null
}

/** A column of the file's top level, and the columns that it gives. */
export interface TopColumn { name: string; columns: ParquetColumn[] }

/** Columns by the schema: structs become a column for each field, lists of single values a multi-value, all else that nests is JSON. */
export function schemaColumns(metadata: FileMetaData): TopColumn[] {
  return parquetSchema(metadata).children.map((top) => ({ name: top.element.name, columns: columnsOf(top, top.element.name, []) }))
}

function columnsOf(node: SchemaTree, path: string, keys: string[]): ParquetColumn[] {
  if (isStruct(node)) return node.children.flatMap((child) => columnsOf(child, path + pathJoint + child.element.name, [...keys, child.element.name]))
  return [{ path, keys, text: textOf(node), plain: node.children.length === 0 && node.element.repetition_type !== 'REPEATED' && isText(node.element) ? node.element : null }]
}

function isStruct(node: SchemaTree): boolean {
  return node.children.length > 0 && node.element.repetition_type !== 'REPEATED' && !isList(node) && !isMap(node)
}

function isList({ element: { converted_type: converted, logical_type: logical } }: SchemaTree): boolean {
  return converted === 'LIST' || logical?.type === 'LIST'
}

function isMap({ element: { converted_type: converted, logical_type: logical } }: SchemaTree): boolean {
  return converted === 'MAP' || converted === 'MAP_KEY_VALUE' || logical?.type === 'MAP'
}

function textOf(node: SchemaTree): (value: unknown) => string | null {
  const json = jsonOf(node)
  const leaf = node.children.length === 0 ? leafType(node.element) : null
  const element = leaf === null && isList(node) ? listedLeaf(node) : node.element.repetition_type === 'REPEATED' ? leaf : null
  return (value) => {
    if (value === null || value === undefined) return null
    if (element !== null && Array.isArray(value)) return listText(value, element)
    return leaf === null ? json(value) : leaf.text(value)
  }
}

/** The type of a list's elements where they are single values. */
function listedLeaf(list: SchemaTree): LeafType | null {
  const [repeated] = list.children
  const element = repeated?.children.length === 1 ? repeated.children[0] : repeated
  return element === undefined || element.children.length > 0 || (element !== repeated && element.element.repetition_type === 'REPEATED') ? null : leafType(element.element)
}

function listText(values: readonly unknown[], { text }: LeafType): string | null {
  const texts = values.flatMap((value) => value === null || value === undefined ? [] : [text(value) ?? ''])
  return texts.length === 0 ? null : joinList(texts)
}

/** Prints a nested value as JSON, its numbers with the digits of the file. */
function jsonOf(node: SchemaTree): (value: unknown) => string {
  if (node.children.length === 0) {
    const { text, bare } = leafType(node.element)
    const single = (value: unknown) => {
      const shown = value === null || value === undefined ? null : text(value)
      return shown === null ? 'null' : bare && !/[NI]/.test(shown) ? shown : JSON.stringify(shown)
    }
    return (value) => Array.isArray(value) ? `[${value.map(single).join(',')}]` : single(value)
  }
  if (isMap(node)) {
    const valueNode = node.children[0]?.children[1]
    const print = valueNode === undefined ? () => 'null' : jsonOf(valueNode)
    const single = (value: unknown) => typeof value !== 'object' || value === null ? 'null' : `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${print(item)}`).join(',')}}`
    return (value) => Array.isArray(value) ? `[${value.map(single).join(',')}]` : single(value)
  }
  if (isList(node)) {
    const [repeated] = node.children
    const element = repeated?.children.length === 1 ? repeated.children[0] : repeated
    const print = element === undefined ? () => 'null' : jsonOf(element)
    return (value) => Array.isArray(value) ? `[${value.map(print).join(',')}]` : 'null'
  }
  const fields = node.children.map((child) => ({ name: child.element.name, print: jsonOf(child) }))
  const single = (value: unknown) => typeof value !== 'object' || value === null ? 'null' : `{${fields.map(({ name, print }) => `${JSON.stringify(name)}:${print((value as Record<string, unknown>)[name])}`).join(',')}}`
  return (value) => Array.isArray(value) ? `[${value.map(single).join(',')}]` : single(value)
}
