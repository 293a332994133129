import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'
import { sv } from './sv.ts'
import type { Lexicon } from './meanings.ts'

/** The header words of every language that we know, by its code. */
export const lexicons: readonly (readonly [language: string, lexicon: Lexicon])[] = [
  ['en', en], ['de', de], ['es', es], ['fr', fr], ['pt', pt], ['it', it], ['nl', nl], ['sv', sv], ['ja', ja],
]
