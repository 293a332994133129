import { maxRowCharacters } from '../limits.ts'

/** An element of a list as text, with the line of the file on which it begins. */
export interface ScannedRecord {
  text: string
  line: number
  /** The text was cut because the element is larger than a row may be. */
  tooLarge: boolean
}

/** A list of the document: the keys that lead to it, and how many objects and lists it was seen to hold. */
export interface FoundList { path: string; objects: number; lists: number }

/** What is wrong with the document as a whole: found at this line. */
export class DocumentError extends Error {
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

interface Container { list: FoundList | null; isList: boolean; key: string }

/** Lists are looked for in objects that are nested this deep at most. */
const deepestList = 16
/** Keys are names; of a longer one no path is made. */
const longestKey = 1_000
const opens = { object: 0x7b, list: 0x5b }

/**
 * Goes through a JSON document piece by piece, without building it: tells which lists it holds, and cuts the elements of one of them out.
 * Only brackets, quotes and keys are looked at here; each element is checked when it is taken apart. Memory holds one element at most.
 */
export class ListScanner {
  readonly lists: FoundList[] = []
  /** What the document is; null before its first character. */
  root: 'list' | 'object' | 'value' | null = null
  /** Whether the document has come to its end. */
  ended = false
  readonly #wanted: string | null
  readonly #stack: Container[] = []
  #depth = 0
  /** Depth of the wanted list; 0 outside of it. */
  #inList = 0
  #records: ScannedRecord[] = []
  #element = ''
  #elementLine = 0
  #elementBegan = false
  #tooLarge = false
  #line = 1
  #inString = false
  #escaped = false
  #key: string | null = null
  #lastText = ''
  #expectsKey = false

  /** `wanted`: the path of the list whose elements are cut out; null: none, lists are only counted. */
  constructor(wanted: string | null) {
    this.#wanted = wanted
  }

  take(): ScannedRecord[] {
    const records = this.#records
    this.#records = []
    return records
  }

  get line(): number {
    return this.#line
  }

  write(text: string): void {
    let from = 0 // what of the text belongs to the element and was not added to it yet
    for (let at = 0; at < text.length; at += 1) {
      const c = text.charCodeAt(at)
      if (this.#inString && this.#key === null && !this.#escaped) {
        // Nearly all text of a file is inside of strings that nobody looks at here.
        at = this.#stringEnd(text, at)
        continue
      }
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (c === 0x5c) this.#escaped = true
        else if (c === 0x22) {
          this.#inString = false
          if (this.#key !== null) this.#lastText = this.#key
        } else if (c === 0x0a) this.#line += 1
        if (this.#key !== null && this.#inString && this.#key.length < longestKey) this.#key += text.charAt(at)
        continue
      }
      if (c === 0x0a) this.#line += 1
      if (c <= 0x20) continue
      if (this.ended) throw new DocumentError('there is more text after the end of the document', this.#line)
      const inElements = this.#inList > 0 && this.#depth === this.#inList
      if (inElements && (c === 0x2c || c === 0x5d)) {
        this.#endElement(text.slice(from, at), c === 0x2c)
        from = at + 1
        if (c === 0x5d) this.#close(true)
        continue
      }
      if (inElements && !this.#elementBegan) {
        this.#elementBegan = true
        this.#elementLine = this.#line
        from = at
      }
      switch (c) {
        case 0x22:
          this.#inString = true
          this.#key = this.#expectsKey && this.#inList === 0 ? '' : null
          if (this.#depth === 0) this.root ??= 'value'
          break
        case 0x3a: this.#expectsKey = false; break
        case 0x2c: this.#expectsKey = this.#stack.at(-1)?.isList === false; break
        case opens.object: this.#openObject(); break
        case opens.list:
          this.#openList()
          if (this.#inList === this.#depth && this.#inList > 0) from = at + 1
          break
        case 0x7d: this.#close(false); break
        case 0x5d: this.#close(true); break
        default: if (this.#depth === 0) this.root ??= 'value'
      }
    }
    if (this.#inList > 0) this.#add(text.slice(from))
  }

  /** The closing quote from `start` on, or the last character of the text. */
  #stringEnd(text: string, start: number): number {
    let at = start
    for (; at < text.length; at += 1) {
      const c = text.charCodeAt(at)
      if (c === 0x22) {
        this.#inString = false
        return at
      }
      if (c === 0x5c) {
        at += 1
        if (at === text.length) this.#escaped = true
      } else if (c === 0x0a) this.#line += 1
    }
    return at
  }

  /** Says that the text is over. */
  end(): void {
    if (this.root === null) throw new DocumentError('it holds nothing', this.#line)
    if (this.#depth > 0 || this.#inString) throw new DocumentError(`it ends in the middle of ${this.#inString ? 'a text' : this.#inList > 0 ? 'the list of records' : 'the document'}; its last part is missing`, this.#line)
  }

  #openObject(): void {
    if (this.#depth === 0) this.root ??= 'object'
    const parent = this.#stack.at(-1)
    if (parent?.list && this.#stack.length === this.#depth) parent.list.objects += 1
    this.#open({ list: null, isList: false, key: this.#lastText })
    this.#expectsKey = this.#inList === 0
  }

  #openList(): void {
    if (this.#depth === 0) this.root ??= 'list'
    const inObjects = this.#stack.length === this.#depth && this.#depth <= deepestList && this.#stack.every(({ isList }) => !isList)
    const parent = this.#stack.at(-1)
    if (parent?.list && this.#stack.length === this.#depth) parent.list.lists += 1
    let list: FoundList | null = null
    if (inObjects && this.#inList === 0) {
      const path = this.#depth === 0 ? '' : [...this.#stack.slice(1).map(({ key }) => key), this.#lastText].join('.')
      list = { path, objects: 0, lists: 0 }
      this.lists.push(list)
    }
    this.#open({ list, isList: true, key: this.#lastText })
    if (list !== null && this.#wanted !== null && list.path === this.#wanted && !this.lists.some((other) => other !== list && other.path === list.path)) {
      this.#inList = this.#depth
      this.#elementBegan = false
    }
    this.#expectsKey = false
  }

  /** What is deeper than lists are looked for is only counted: a document may be a million deep. */
  #open(container: Container): void {
    this.#depth += 1
    if (this.#stack.length === this.#depth - 1 && this.#depth <= deepestList + 2) this.#stack.push(container)
  }

  #close(isList: boolean): void {
    if (this.#stack.length === this.#depth) {
      const container = this.#stack.pop()
      if (container?.isList !== isList) throw new DocumentError(`${isList ? ']' : '}'} closes what it did not open`, this.#line)
    }
    if (this.#depth === 0) throw new DocumentError(`${isList ? ']' : '}'} closes what was never opened`, this.#line)
    if (this.#depth === this.#inList) this.#inList = 0
    this.#depth -= 1
    this.#expectsKey = false
    if (this.#depth === 0) this.ended = true
  }

  #add(text: string): void {
    if (!this.#elementBegan || text === '') return
    if (this.#element.length + text.length > maxRowCharacters) this.#tooLarge = true
    else this.#element += text
  }

  /** An empty element is one only where a comma stands behind it: `[]` has none. */
  #endElement(rest: string, more: boolean): void {
    this.#add(rest)
    if (this.#elementBegan || more) this.#records.push({ text: this.#element, line: this.#elementBegan ? this.#elementLine : this.#line, tooLarge: this.#tooLarge })
    this.#element = ''
    this.#elementBegan = false
    this.#tooLarge = false
  }
}
