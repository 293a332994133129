import type { Field } from '../schema/field.ts'
import { Problem } from './problem.ts'

/** Characters that need a closer look; nearly no text has one. Halves of surrogate pairs match, whole pairs are told apart below. */
const suspicious = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]/
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/

export const defaultTextLength = 255
export const defaultLongTextLength = 131_072

/**
 * What forbids keeping a text as it is, or null: NUL, half a character, a control character other than tab and line breaks,
 * or more than `limit` characters (code points, as PostgreSQL counts them).
 */
export function plainTextProblem(text: string, field: Field, limit: number): Problem | null {
  if (suspicious.test(text)) {
    const found = control.exec(text)
    if (found) return found[0] === '\0' ? new Problem('read.nul-byte') : new Problem('type.control-character', { character: codePointName(found[0]) })
    if (!text.isWellFormed()) return new Problem('read.lone-surrogate')
  }
  if (text.length > limit) {
    const length = characters(text)
    if (length > limit) return new Problem('type.too-long', { length: String(length), limit: String(limit), field: field.name })
  }
  return null
}

function codePointName(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

function characters(text: string): number {
  let count = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0xd800 && unit <= 0xdbff) count--
  }
  return count
}
