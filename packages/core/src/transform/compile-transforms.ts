import type { Transform } from '../definition/import.ts'

/** A column's transforms as one function, in the order given; null when there are none. Cells come in trimmed, blank ones as ''. */
export function compileTransforms(transforms: readonly Transform[]): ((text: string) => string) | null {
  // Cells are trimmed anyway, so a trim by itself costs nothing.
  const steps = transforms.filter((transform) => transform.kind !== 'trim').map(stepOf)
  const [first, ...rest] = steps
  if (!first) return null
  if (rest.length === 0) return first
  return (text) => {
    let result = text
    for (const step of steps) result = step(result).trim()
    return result
  }
}

function stepOf(transform: Transform): (text: string) => string {
  switch (transform.kind) {
    case 'trim': return (text) => text.trim()
    case 'case': return caseStep(transform.to)
    case 'value-map': return valueMapStep(transform.values, transform.otherwise)
  }
}

const wordStart = /(^|[\s\-('’/.])(\p{L})/gu

function caseStep(to: 'lower' | 'upper' | 'title'): (text: string) => string {
  if (to === 'lower') return (text) => text.toLowerCase()
  if (to === 'upper') return (text) => text.toUpperCase()
  return (text) => text.toLowerCase().replace(wordStart, (_, before: string, letter: string) => before + letter.toUpperCase())
}

/** Values are found as written, then without regard to letter case. The key '' gives empty cells a value. */
function valueMapStep(values: Record<string, string>, otherwise: 'keep' | 'blank'): (text: string) => string {
  const exact = new Map<string, string>()
  const folded = new Map<string, string>()
  for (const [from, to] of Object.entries(values)) {
    exact.set(from.trim(), to)
    if (!folded.has(from.trim().toLowerCase())) folded.set(from.trim().toLowerCase(), to)
  }
  return (text) => exact.get(text) ?? folded.get(text.toLowerCase()) ?? (otherwise === 'keep' ? text : '')
}
