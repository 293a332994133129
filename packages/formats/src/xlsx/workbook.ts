import { posix } from 'node:path'
import type { NumberFormat } from '../sheet/number-format.ts'
import type { DateSystem } from '../sheet/serial-date.ts'
import { damaged, tooLarge } from '../sheet/file-fault.ts'
import { openArchive, shown } from './archive.ts'
import type { Archive } from './archive.ts'
import type { ByteSource } from '../source.ts'
import { maxPartBytes, maxSheets, maxStylesBytes } from './limits.ts'
import { readStyles } from './styles.ts'
import { localName, readXml } from './xml-part.ts'

export interface Worksheet {
  name: string
  hidden: boolean
  /** Name of the part that holds its cells. */
  part: string
}

/** What all sheets of a workbook share. */
export interface Workbook {
  archive: Archive
  /** How messages call the file. */
  what: string
  sheets: Worksheet[]
  /** Names of sheets that hold no cells: charts, dialogs, old macros. */
  otherSheets: string[]
  dates: DateSystem
  /** Number formats by the style that cells name. */
  formats: NumberFormat[]
  /** Part that holds the shared texts, when there is one. */
  strings: string | null
}

interface Relationship { type: string; target: string }

/**
 * Opens a workbook and reads its small parts. Parts are found by the type of their relationship, whose last word is the same in both
 * variants of the standard (transitional, strict), never by their names. Throws a Fault when it is no sound workbook.
 */
export async function openWorkbook(source: ByteSource, what: string): Promise<Workbook> {
  const known = opened.get(source)
  if (known !== undefined) return known
  const workbook = await open(source, what)
  opened.set(source, workbook)
  return workbook
}

/** A workbook is looked at and then read, mostly from the same source. */
const opened = new WeakMap<ByteSource, Workbook>()

async function open(source: ByteSource, what: string): Promise<Workbook> {
  const archive = await openArchive(source, what)
  const root = await readRelationships(archive, '', what)
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  if (!archive.has(main)) {
    throw damaged(what, '', archive.has('mimetype') && archive.has('content.xml') ? 'it is an OpenDocument file, not an Excel workbook' : 'the archive holds no workbook', 'Open it in a spreadsheet program, save it as an Excel workbook (XLSX) or CSV, and import that file.')
  }
  if (main.toLowerCase().endsWith('.bin')) throw damaged(what, '', 'it is a binary workbook (XLSB), which is not read', 'Open it in Excel, save it as an Excel workbook (XLSX), and import that file.')
  const relationships = await readRelationships(archive, main, what)
  const book = await readMain(archive, main, what)
  const sheets: Worksheet[] = []
  const otherSheets: string[] = []
  for (const { name, hidden, id } of book.sheets) {
    const relationship = relationships.get(id)
    if (relationship === undefined) throw damaged(what, `sheet "${shown(name)}"`, 'the workbook does not say where its cells are')
    if (relationship.type === 'worksheet') sheets.push({ name, hidden, part: relationship.target })
    else otherSheets.push(name)
  }
  const part = (type: string) => [...relationships.values()].find((relationship) => relationship.type === type && archive.has(relationship.target))?.target ?? null
  const styles = part('styles')
  return {
    archive, what, sheets, otherSheets, dates: book.dates, strings: part('sharedStrings'),
    formats: styles === null ? [] : await readStyles(archive.part(styles, maxStylesBytes), what),
  }
}

/** Relationships of a part, '' for the archive as a whole, by their ids. Targets outside of the archive are left out: nothing is ever fetched. */
async function readRelationships(archive: Archive, part: string, what: string): Promise<Map<string, Relationship>> {
  const found = new Map<string, Relationship>()
  const name = posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`)
  if (!archive.has(name)) return found
  await readXml(archive.part(name, maxPartBytes), {
    open(element, { Id: id, Type: type, Target: target, TargetMode: mode }) {
      if (element !== 'Relationship' || id === undefined || type === undefined || target === undefined || mode === 'External') return
      const path = target.replaceAll('\\', '/')
      found.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target: path.startsWith('/') ? posix.normalize(path).slice(1) : posix.join(posix.dirname(part), path) })
    },
    close() { /* all is in the attributes */ },
  }, { what, where: () => `part "${shown(name)}"` })
  return found
}

async function readMain(archive: Archive, main: string, what: string): Promise<{ sheets: { name: string; hidden: boolean; id: string }[]; dates: DateSystem }> {
  const sheets: { name: string; hidden: boolean; id: string }[] = []
  let dates: DateSystem = 1900
  await readXml(archive.part(main, maxPartBytes), {
    open(element, attributes) {
      if (element === 'workbookPr' && /^(?:1|true|on)$/.test(attributes['date1904'] ?? '')) dates = 1904
      if (element !== 'sheet') return
      if (sheets.length >= maxSheets) throw tooLarge(what, '', `it has more than ${maxSheets} sheets`)
      const id = Object.entries(attributes).find(([key]) => key.includes(':') && localName(key) === 'id')?.[1]
      sheets.push({ name: attributes['name'] ?? '', hidden: /^(?:very)?hidden$/i.test(attributes['state'] ?? ''), id: id ?? '' })
    },
    close() { /* all is in the attributes */ },
  }, { what, where: () => `part "${shown(main)}"` })
  return { sheets, dates }
}
