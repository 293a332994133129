import { booleanPairs, type BooleanPair } from '../../fields/boolean.ts'
import type { ColumnEvidence } from './column-evidence.ts'

/** Beyond so many, the column's letters are no yes and no. */
const mostLetters = 6

/** The single letters and signs of a column of yes and no: some mean one thing beside this letter and another beside that. Words speak for themselves. */
export class BooleanEvidence implements ColumnEvidence {
  readonly letters: string[] = []

  see(text: string): void {
    if (text.length !== 1) return
    const letter = text.toLowerCase()
    if (this.letters.length < mostLetters && !this.letters.includes(letter)) this.letters.push(letter)
  }

  join(later: this): void {
    for (const letter of later.letters) this.see(letter)
  }

  /** The pair whose both halves the column has, and no letter besides. */
  pair(): BooleanPair | null {
    if (this.letters.length !== 2) return null
    return booleanPairs.find((pair) => pair.split('-').every((letter) => this.letters.includes(letter))) ?? null
  }
}
