import { fold } from './header-words.ts'
import type { HeaderReading } from './read-header.ts'

/** What programs and people call columns that have no name: "Column 3", "field_7", "Unnamed: 0", "F2". */
const nameless: ReadonlySet<string> = new Set(('col|cols|column|columns|field|fields|var|variable|attr|attribute|unnamed|untitled|header|value|item|data|text|none|null|spalte|feld|wert|ohne|titel|champ|colonne|valeur|sans|titre|columna|campo|valor|sin|coluna|sem|colonna|valore|senza|'
  + 'kolom|veld|kolumn|kolonne|fält|felt|sarake|kenttä|kolumna|pole|sloupec|stĺpec|oszlop|mező|coloană|câmp|sütun|alan|столбец|колонка|поле|стовпець|στήλη|πεδίο|列|項目|字段|열|필드|cột|คอลัมน์|lajur|עמודה|عمود|ستون').split('|').map(fold))
const shortest = 3
/** Share of headers with a known word from which the others are believed to name what we have no word for. */
const mostlyUnderstood = 0.5

/** Whether words stand in a header, known or not, that name its column: not "Column 3", "X", "F2" or nothing. */
export function namesItsColumn({ words }: HeaderReading): boolean {
  return words.some((word) => (word.length >= shortest || /[\u3040-\u9FFF\uAC00-\uD7A3]/.test(word)) && !/^\d+$/.test(word) && !nameless.has(word))
}

/** Whether most named columns of a file have a header of which something is known: then its language is ours, and an unknown word is a thing of its own. */
export function isMostlyUnderstood(readings: readonly HeaderReading[]): boolean {
  const named = readings.filter(namesItsColumn)
  return named.length > 0 && named.filter(({ segments }) => segments.some(({ senses }) => senses.length > 0)).length >= named.length * mostlyUnderstood
}

/** Whether a header says something beside words that we do not know: "Last touch" is no date that any of our fields holds. */
export function isHalfUnderstood({ segments }: HeaderReading): boolean {
  return segments.some(({ senses }) => senses.length === 0) && segments.some(({ senses }) => senses.some(({ word }) => word !== 'fill'))
}
