import { pseudo } from './pseudo.ts'

/** A catalogue as it is shown: in English, or with `localStorage` `longshore.words = pseudo` so that any text from elsewhere stands out. */
export function spoken<T>(english: T): T {
  return globalThis.localStorage?.getItem('longshore.words') === 'pseudo' ? pseudo(english) : english
}
