/** A property of a card as it stands in the file, its lines joined. Bytes are kept as characters below 256, to be decoded by the property's own charset. */
export interface ContentLine {
  /** Name in upper case, without its group: `TEL`. */
  name: string
  /** `item1` of `item1.TEL`; '' for none. */
  group: string
  params: Param[]
  value: string
  /** Line of the file on which it begins. */
  line: number
  /** The value was cut: it is longer than anything but a picture. */
  cut: boolean
}

/** `TYPE=work,voice`, or `WORK` alone, whose name is ''. Names are in upper case. */
export interface Param { name: string; values: string[] }

/** Longer values are pictures, sounds and keys, which nobody imports. */
const longestValue = 1_048_576
/** What is kept of a line: its value up to one character too many, which says that it was cut, behind a name and parameters of any sense. */
export const longestLine = longestValue + 64 * 1024

/** Properties whose value is a picture, a sound or a key: it is not kept. */
const media = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY'])

/**
 * Joins the lines of properties: folded ones, those that quoted-printable continues with `=` at their end, and base64 that goes on below
 * without any sign. Line ends may be LF, CRLF, CR CR LF or CR. Text that belongs to no property goes on the one before.
 */
export class ContentLines {
  #current: ContentLine | null = null
  #quotedPrintable = false
  #base64 = false
  #soft = false
  #ready: ContentLine[] = []
  #line = 0

  /** Takes one line without its end. */
  add(text: string): void {
    this.#line += 1
    const current = this.#current
    if (current !== null && this.#soft) {
      this.#append(current, text)
      this.#continue(current)
      return
    }
    if (current !== null && /^[ \t]/.test(text)) {
      this.#append(current, text.slice(1))
      this.#continue(current)
      return
    }
    if (text.trim() === '') return
    const next = parseLine(text, this.#line)
    if (next === null || (this.#base64 && !/^[A-Za-z0-9.-]+[;:]/.test(text))) {
      if (current !== null) this.#append(current, this.#base64 ? text : `\n${text}`)
      return
    }
    if (current !== null) this.#ready.push(current)
    this.#current = next
    const encodings = next.params.filter(({ name }) => name === 'ENCODING' || name === '').flatMap(({ values }) => values.map((value) => value.toUpperCase()))
    this.#quotedPrintable = encodings.includes('QUOTED-PRINTABLE')
    this.#base64 = encodings.some((encoding) => encoding === 'B' || encoding === 'BASE64')
    this.#continue(next)
  }

  end(): void {
    if (this.#current !== null) this.#ready.push(this.#current)
    this.#current = null
  }

  take(): ContentLine[] {
    const ready = this.#ready
    this.#ready = []
    return ready
  }

  #continue(line: ContentLine): void {
    this.#soft = this.#quotedPrintable && line.value.endsWith('=')
    if (this.#soft) line.value = line.value.slice(0, -1)
  }

  #append(line: ContentLine, text: string): void {
    if (media.has(line.name)) return
    if (line.value.length + text.length > longestValue) line.cut = true
    else line.value += text
  }
}

/** Android's own way to write a type that a person has named: `TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D0=94):1`. */
const customType = /^;X-CUSTOM\((?:CHARSET=UTF-8,)?(?:ENCODING=QUOTED-PRINTABLE,)?([^():;]*)\)(?=[;:])/i

function quotedUtf8(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** `[group.]NAME[;param…]:value`; null where there is no such beginning. A colon inside a quoted parameter is text. */
function parseLine(text: string, line: number): ContentLine | null {
  const head = /^(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)(?=[;:])/.exec(text)
  if (head === null) return null
  const params: Param[] = []
  let at = head[0].length
  while (text[at] === ';') {
    const custom = customType.exec(text.slice(at, at + 4_096))
    if (custom !== null) {
      params.push({ name: 'TYPE', values: [quotedUtf8(custom[1] ?? '')] })
      at += custom[0].length
      continue
    }
    const param = /^;([A-Za-z0-9-]*)(=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)?/.exec(text.slice(at, at + 4_096))
    if (param === null) return null
    const [whole, name = '', values] = param
    params.push(values === undefined ? { name: '', values: [name] }
      : { name: name.toUpperCase(), values: [...values.slice(1).matchAll(/"([^"]*)"|([^",]+)/g)].flatMap(([, quoted, plain]) => quoted === undefined ? [plain ?? ''] : [quoted]) })
    at += whole.length
    if (whole.length === 0) return null
  }
  if (text[at] !== ':') return null
  const name = (head[2] ?? '').toUpperCase()
  return { name, group: (head[1] ?? '').toLowerCase(), params, value: media.has(name) ? '' : text.slice(at + 1, at + 1 + longestValue), line, cut: !media.has(name) && text.length - at > longestValue }
}
