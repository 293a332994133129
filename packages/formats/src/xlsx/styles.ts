import { tooLarge } from '../sheet/file-fault.ts'
import { builtInFormat, parseNumberFormat } from '../sheet/number-format.ts'
import type { NumberFormat } from '../sheet/number-format.ts'
import { maxStyles } from './limits.ts'
import { readXml } from './xml-part.ts'

/** The longest format code that a spreadsheet program takes. */
const maxFormatCode = 255

/** Number formats in the order in which cells name them by style. */
export async function readStyles(chunks: AsyncIterable<Uint8Array>, what: string): Promise<NumberFormat[]> {
  const codes = new Map<number, NumberFormat>()
  const ids: number[] = []
  let inCells = false
  await readXml(chunks, {
    open(name, attributes) {
      if (name === 'numFmt') {
        if (codes.size >= maxStyles) throw tooLarge(what, 'the styles', `there are more than ${maxStyles} number formats`)
        codes.set(Number(attributes['numFmtId']), parseNumberFormat((attributes['formatCode'] ?? '').slice(0, maxFormatCode)))
      } else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        if (ids.length >= maxStyles) throw tooLarge(what, 'the styles', `there are more than ${maxStyles} cell styles`)
        ids.push(Number(attributes['numFmtId'] ?? 0))
      }
    },
    close(name) { if (name === 'cellXfs') inCells = false },
  }, { what, where: () => 'the styles' })
  return ids.map((id) => codes.get(id) ?? builtInFormat(id))
}
