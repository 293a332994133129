import { Fault } from '@longshore/core/fault'

interface Kind { name: string; advice: string; starts: (bytes: Uint8Array) => boolean }

const openAsTable = 'Open it in a spreadsheet program, save the sheet as CSV, and import that file.'
/** For what has a reader of its own, and comes here only where the person says that it is CSV. */
const asItIs = 'Do not say that it is CSV, and it is read as what it is.'
const unpack = 'Unpack it first and import the file inside.'
const notTable = 'It holds no table that can be imported; choose the file with the list instead.'
const exportList = 'Export the list as CSV or as an Excel workbook from the program that this came from, and import that file.'

/** Most telling first: a spreadsheet is a ZIP archive, too. Signatures as the formats' own specifications give them. */
const kinds: Kind[] = [
  { name: 'an Excel workbook (XLSX)', advice: asItIs, starts: (bytes) => zip(bytes) && has(bytes, 'xl/') },
  { name: 'an OpenDocument spreadsheet (ODS)', advice: openAsTable, starts: (bytes) => zip(bytes) && has(bytes, 'opendocument.spreadsheet') },
  { name: 'a Word document (DOCX)', advice: exportList, starts: (bytes) => zip(bytes) && has(bytes, 'word/') },
  { name: 'a ZIP archive or an Office document', advice: unpack, starts: zip },
  { name: 'an older Excel workbook (XLS) or another older Office document', advice: asItIs, starts: (bytes) => begins(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) },
  { name: 'a PDF document', advice: exportList, starts: text('%PDF-') },
  { name: 'a Parquet file', advice: 'Write it as CSV with the program that made it, and import that file.', starts: text('PAR1') },
  { name: 'an archive inside another one (gzip)', advice: unpack, starts: (bytes) => begins(bytes, [0x1f, 0x8b]) },
  { name: 'an archive of files (TAR)', advice: unpack, starts: (bytes) => text('ustar')(bytes.subarray(257, 262)) },
  { name: 'a bzip2 archive', advice: unpack, starts: (bytes) => text('BZh')(bytes) && begins(bytes.subarray(4), [0x31, 0x41, 0x59, 0x26]) },
  { name: 'an xz archive', advice: unpack, starts: (bytes) => begins(bytes, [0xfd, 0x37, 0x7a, 0x58, 0x5a]) },
  { name: 'a Zstandard archive', advice: unpack, starts: (bytes) => begins(bytes, [0x28, 0xb5, 0x2f, 0xfd]) },
  { name: 'a 7-Zip archive', advice: unpack, starts: (bytes) => begins(bytes, [0x37, 0x7a, 0xbc, 0xaf]) },
  { name: 'a RAR archive', advice: unpack, starts: text('Rar!') },
  { name: 'a picture (PNG)', advice: exportList, starts: (bytes) => begins(bytes, [0x89, 0x50, 0x4e, 0x47]) },
  { name: 'a picture (JPEG)', advice: exportList, starts: (bytes) => begins(bytes, [0xff, 0xd8, 0xff]) },
  { name: 'a picture (GIF)', advice: exportList, starts: (bytes) => text('GIF87a')(bytes) || text('GIF89a')(bytes) },
  { name: 'a picture (TIFF)', advice: exportList, starts: (bytes) => begins(bytes, [0x49, 0x49, 0x2a, 0]) || begins(bytes, [0x4d, 0x4d, 0, 0x2a]) },
  { name: 'a RIFF file (picture, sound or film)', advice: notTable, starts: text('RIFF') },
  { name: 'a program', advice: notTable, starts: (bytes) => begins(bytes, [0x7f, 0x45, 0x4c, 0x46]) || (text('MZ')(bytes) && bytes.includes(0)) },
  { name: 'a database (SQLite)', advice: exportList, starts: text('SQLite format 3') },
  { name: 'a table of dBASE (DBF)', advice: openAsTable, starts: isDbf },
  { name: 'an RTF document', advice: exportList, starts: text('{\\rtf') },
]

const textKinds: { name: string; advice: string; pattern: RegExp }[] = [
  { name: 'a web archive (MHTML)', advice: openAsTable, pattern: /^(?:MIME-Version:|From: <?Saved by)/i },
  { name: 'a web page (HTML)', advice: asItIs, pattern: /^(?:<!--[^]{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta)[\s>]/i },
  { name: 'an XML document', advice: openAsTable, pattern: /^<(?:\?xml\s|[a-z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>(?!\s*[,;\t|]))/i },
  { name: 'a contact card (vCard)', advice: 'Save the contacts as CSV in the address book, and import that file.', pattern: /^BEGIN:VCARD\s/i },
  { name: 'a SYLK spreadsheet (SLK)', advice: openAsTable, pattern: /^ID;P[^\r\n]*[\r\n]+[BCEFOP];[A-Z]/ },
  { name: 'a DIF spreadsheet', advice: openAsTable, pattern: /^TABLE\r?\n0,1\r?\n/ },
  { name: 'a calendar (iCalendar)', advice: notTable, pattern: /^BEGIN:VCALENDAR\s/i },
  { name: 'JSON', advice: asItIs, pattern: /^(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})|\[\s*(?:[[{\]]|"(?:[^"\\]|\\.)*"\s*[,\]]))/ },
]

/** Throws when the first bytes show that this is no delimited text, and says what it is. */
export function refuseOtherKinds(head: Uint8Array, fileName: string | undefined, settledAsCsv: boolean): void {
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  const kind = kinds.find((k) => k.starts(head)) ?? (settledAsCsv ? undefined : textKind(head.subarray(start, start + 4_096)))
  if (kind === undefined) return
  const name = fileName === undefined ? 'The file' : `"${fileName}"`
  const saysOther = /\.(?:csv|tsv|tab|txt|xlsx?|xlsm|json|ndjson|jsonl|vcf|parquet|html?|gz)$/i.test(fileName ?? '') ? ', whatever its name says' : ''
  throw new Fault('file.not-csv', settledAsCsv || kind.advice === asItIs ? `${name} is ${kind.name}, not CSV. ${kind.advice}` : `${name} is ${kind.name}${saysOther}, and no list can be read from it. ${kind.advice}`)
}

function textKind(head: Uint8Array): { name: string; advice: string } | undefined {
  const beginning = Buffer.from(head).toString('latin1').trimStart()
  return textKinds.find((kind) => kind.pattern.test(beginning))
}

function begins(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte)
}

function text(signature: string): (bytes: Uint8Array) => boolean {
  return (bytes) => begins(bytes, [...Buffer.from(signature, 'latin1')])
}

/** Its version, the day of its last change, and the type of its first field, behind a name padded with zeros. */
function isDbf(bytes: Uint8Array): boolean {
  const [version = 0, , month = 0, day = 0] = bytes
  return [0x03, 0x30, 0x31, 0x43, 0x83, 0x8b, 0xf5].includes(version) && month <= 12 && day <= 31 && bytes[42] === 0 && /[BCDFGILMNTY@+]/.test(String.fromCharCode(bytes[43] ?? 0))
}

function zip(bytes: Uint8Array): boolean {
  return begins(bytes, [0x50, 0x4b, 3, 4]) || begins(bytes, [0x50, 0x4b, 5, 6])
}

function has(bytes: Uint8Array, part: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(part, 0, 'latin1')
}
