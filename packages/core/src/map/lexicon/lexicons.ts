import { cs } from './cs.ts'
import { da } from './da.ts'
import { de } from './de.ts'
import { el } from './el.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fi } from './fi.ts'
import { fr } from './fr.ts'
import { hu } from './hu.ts'
import { it } from './it.ts'
import { ja } from './ja.ts'
import { ko } from './ko.ts'
import type { Lexicon } from './meanings.ts'
import { nl } from './nl.ts'
import { no } from './no.ts'
import { pl } from './pl.ts'
import { pt } from './pt.ts'
import { ro } from './ro.ts'
import { ru } from './ru.ts'
import { sv } from './sv.ts'
import { tr } from './tr.ts'
import { uk } from './uk.ts'
import { zh } from './zh.ts'

/** The header words of every language that we know, by its code. */
export const lexicons: readonly (readonly [language: string, lexicon: Lexicon])[] = [
  ['en', en], ['de', de], ['es', es], ['fr', fr], ['pt', pt], ['it', it], ['nl', nl], ['sv', sv], ['da', da], ['no', no], ['fi', fi], ['pl', pl], ['cs', cs], ['hu', hu], ['ro', ro],
  ['tr', tr], ['ru', ru], ['uk', uk], ['el', el], ['ja', ja], ['zh', zh], ['ko', ko],
]
