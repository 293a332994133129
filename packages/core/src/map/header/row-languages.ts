import type { HeaderReading } from './read-header.ts'

/** Share from which a language counts as spoken in a header row. */
export const spokenShare = 0.2

/**
 * How much each language is spoken in a row of headers, from 0 to 1 for the most spoken one. A phrase that many languages share says
 * little of each. English is always spoken a little: exports of every country keep some of its words.
 */
export function rowLanguages(readings: readonly HeaderReading[]): ReadonlyMap<string, number> {
  const said = new Map<string, number>([['en', 0.3]])
  for (const { segments } of readings) {
    for (const { senses, text } of segments) {
      const languages = new Set(senses.flatMap((sense) => sense.languages))
      for (const language of languages) said.set(language, (said.get(language) ?? 0) + Math.min(text.length, 8) / 8 / languages.size ** 1.5)
    }
  }
  const most = Math.max(...said.values())
  return new Map([...said].map(([language, weight]) => [language, Math.max(weight / most, language === 'en' ? 0.3 : 0)]))
}
