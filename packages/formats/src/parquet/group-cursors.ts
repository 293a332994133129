import type { RowGroup, SchemaTree } from 'hyparquet'
import { parquetSchema } from 'hyparquet/src/metadata.js'
import { getTreePath } from 'hyparquet/src/schema.js'
import { damaged } from '../sheet/file-fault.ts'
import { HeldBytes } from './column-cursor.ts'
import type { ColumnCursor, GroupRange, Leaf } from './column-cursor.ts'
import { LeafCursor } from './leaf-cursor.ts'
import type { ParquetFile } from './parquet-file.ts'
import { RepeatedCursor } from './repeated-cursor.ts'
import { bytesElement, rawElement } from './value-text.ts'

/** A cursor for each column of a row group, in the order of the file's columns. Throws a Fault where the group has others than the file. */
export function groupCursors(file: ParquetFile, group: RowGroup, range: GroupRange): ColumnCursor[] {
  try { return cursorsOf(file, group, range) } catch {
    throw damaged(file.what, `rows ${range.start + 1} to ${range.end}`, 'the columns are others than those that the file describes', 'Export the file again.')
  }
}

function cursorsOf(file: ParquetFile, group: RowGroup, range: GroupRange): ColumnCursor[] {
  const tree = rawTree(file)
  const memory = new HeldBytes()
  const leaves: Leaf[] = group.columns.flatMap(({ meta_data: column }) => column === undefined ? [] : [{ column, schemaPath: getTreePath(tree, column.path_in_schema) }])
  let position = 0
  return file.columns.flatMap((top, t): ColumnCursor[] => {
    const node = tree.children[t]
    const own = leaves.filter(({ schemaPath }) => schemaPath[1] === node)
    const first = position
    position += top.columns.length
    if (node === undefined || own.length !== leafCount(node)) throw new RangeError('a column is not there')
    if (isSimple(node) && own.length === top.columns.length) {
      return top.columns.map((column, i) => {
        const leaf = own.find(({ column: { path_in_schema: path } }) => path.length === column.keys.length + 1 && column.keys.every((key, k) => key === path[k + 1]))
        if (leaf === undefined) throw new RangeError('a column is not there')
        return new LeafCursor(file, top.name, leaf, column, first + i, range, memory)
      })
    }
    return [new RepeatedCursor(file, node, own, top.columns, first, range)]
  })
}

/** Whether nothing in it repeats, so that each of its leaves is a column. */
function isSimple(node: SchemaTree): boolean {
  return node.element.repetition_type !== 'REPEATED' && node.children.every(isSimple)
}

function leafCount(node: SchemaTree): number {
  return node.children.length === 0 ? 1 : node.children.reduce((sum, child) => sum + leafCount(child), 0)
}

/** The schema without the conversions that would lose digits, or make strings of texts that are kept as bytes. */
function rawTree({ metadata, columns }: ParquetFile): SchemaTree {
  const plain = new Set(columns.flatMap((top) => top.columns.map((column) => column.plain)))
  return parquetSchema({ schema: metadata.schema.map((element) => plain.has(element) ? bytesElement(element) : rawElement(element)) })
}
