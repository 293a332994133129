/** As much of a file as is looked at before the server has it. */
export const previewBytes = 262_144
const previewRows = 10
const controls = /[\0-\x08\x0E-\x1F]/

/**
 * The first rows of a delimited text, as this browser reads them; null where it is no text, or of a kind that only the server reads. The one thing that the
 * wizard reads itself: rows to look at while the file is still being sent. Nothing is decided by them, and they go when the server's reading is there.
 */
export async function firstRows(file: Blob): Promise<string[][] | null> {
  const bytes = new Uint8Array(await file.slice(0, previewBytes).arrayBuffer())
  const text = decoded(bytes, file.size > previewBytes)
  if (text === null || controls.test(text) || /^\s*(?:[[{<]|BEGIN:VCARD)/i.test(text)) return null
  const { default: Papa } = await import('papaparse')
  const { data } = Papa.parse<string[]>(text, { preview: previewRows + 1, skipEmptyLines: 'greedy' })
  return data.length === 0 ? null : data
}

/** UTF-8 and UTF-16 as their marks say, else UTF-8 where the bytes are, else Windows-1252: a first look, which the server's own reading replaces. */
function decoded(bytes: Uint8Array, cut: boolean): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut }) } catch { return bytes.includes(0) ? null : new TextDecoder('windows-1252').decode(bytes) }
}
