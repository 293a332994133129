/**
 * The code of a TypeScript file with every comment, and with `strings` also the inside of every string, turned into spaces:
 * positions and line numbers stay. Enough for looking for names; it is no parser (a quote inside a regular expression counts as
 * the start of a string, which ends with its line).
 */
export function blankComments(source: string, options: { strings: boolean }): string {
  const out = source.split('')
  const blank = (from: number, to: number): void => { for (let i = from; i < to; i++) if (out[i] !== '\n') out[i] = ' ' }
  /** Braces open inside each template literal that we are in an expression of. */
  const templates: number[] = []
  let i = 0
  /** From inside a template's text to its end or its next expression. */
  const templateText = (): void => {
    const start = i
    while (i < source.length && source[i] !== '`' && !(source[i] === '$' && source[i + 1] === '{')) i += source[i] === '\\' ? 2 : 1
    if (options.strings) blank(start, Math.min(i, source.length))
    if (source[i] === '$') { templates.push(0); i += 2 } else i++
  }
  while (i < source.length) {
    const c = source[i], next = source[i + 1]
    if (c === '/' && (next === '/' || next === '*')) {
      const end = next === '/' ? source.indexOf('\n', i) : source.indexOf('*/', i + 2) + 2
      const to = end <= 1 ? source.length : end
      blank(i, to)
      i = to
    } else if (c === '/' && startsRegularExpression(source, i)) i = endOfRegularExpression(source, i)
    else if (c === "'" || c === '"') {
      const start = ++i
      while (i < source.length && source[i] !== c && source[i] !== '\n') i += source[i] === '\\' ? 2 : 1
      if (options.strings) blank(start, Math.min(i, source.length))
      i++
    } else if (c === '`') { i++; templateText() }
    else {
      const depth = templates.at(-1)
      if (depth !== undefined && c === '{') templates[templates.length - 1] = depth + 1
      if (depth !== undefined && c === '}') {
        if (depth === 0) { templates.pop(); i++; templateText(); continue }
        templates[templates.length - 1] = depth - 1
      }
      i++
    }
  }
  return out.join('')
}

/** A slash divides after a value, and opens a regular expression after an operator, an opening bracket or a keyword. */
function startsRegularExpression(source: string, slash: number): boolean {
  const before = source.slice(Math.max(0, slash - 40), slash).trimEnd()
  return before === '' || /[=(,:;!&|?{}[\n+~^%*<>-]$/.test(before) || /\b(return|typeof|case|in|of)$/.test(before)
}

function endOfRegularExpression(source: string, slash: number): number {
  let inClass = false
  for (let i = slash + 1; i < source.length; i++) {
    const c = source[i]
    if (c === '\\') i++
    else if (c === '\n') return slash + 1
    else if (c === '[') inClass = true
    else if (c === ']') inClass = false
    else if (c === '/' && !inClass) return i + 1
  }
  return slash + 1
}
