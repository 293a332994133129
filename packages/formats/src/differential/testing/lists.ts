import fc from 'fast-check'

/** Cells rich in what gives trouble: quotes, delimiters, line ends, blanks, characters of one to four bytes. */
export const oddCell = fc.array(fc.constantFrom('a', 'b', '7', '"', '\'', ',', ';', '\t', '|', '^', '`', '\n', '\r\n', ' ', '=', 'ö', '€', '山', '🙂'), { maxLength: 8 }).map((parts) => parts.join(''))

/** Tables without records that are all blank: those are no rows for us, and each reader has its own opinion of them. */
export const oddTable = fc.integer({ min: 2, max: 5 }).chain((width) => fc.array(
  fc.array(oddCell, { minLength: width, maxLength: width }).filter((cells) => cells.some((text) => text.trim() !== '')), { maxLength: 12 },
))

const given = ['Mara', 'Olle', 'Zoë', 'José María', 'Jürgen', 'Anne-Sofie', 'Łucja', 'İpek', 'Søren', 'Chloé']
const family = ['Lind', 'O\'Hara', 'Müller', 'da Silva', 'van den Berg', 'Côté', 'Şahin', 'Nowak', 'Smith', 'Ångström']
const companies = ['Harbour & Sons, Ltd', 'Gröne Fähre GmbH', 'Quay; Dock', 'ACME "Deluxe" Inc.', 'Nord|Süd', 'Blank', '']
const cities = ['York', 'Malmö', 'São Paulo', 'Köln', 'Kraków', 'Portland, OR', '']
const notes = ['', 'met at the fair', 'call back, please; soon', 'said "no"\nthen "yes"', '5\' 10"', 'Line one\r\nline two', 'a|b', 'tel. 12;34', 'C:\\files']

/** Lists as people have them: names, mail addresses, numbers, notes with all that people write into notes. */
export const realList = fc.array(fc.tuple(
  fc.constantFrom(...given), fc.constantFrom(...family), fc.integer({ min: 1, max: 9_999 }), fc.constantFrom(...companies), fc.constantFrom(...cities),
  fc.constantFrom('+46 8 123 45 67', '(514) 555-0199', '0701740605', ''), fc.integer({ min: 0, max: 99_999 }), fc.constantFrom(...notes), fc.boolean(),
).map(([first, last, number, company, city, phone, amount, note, comma]) => [
  first, last, `${first.normalize('NFD').replaceAll(/[^A-Za-z]/g, '').toLowerCase()}.${number}@example.com`, company, city, phone, `${Math.floor(amount / 100)}${comma ? ',' : '.'}${String(amount % 100).padStart(2, '0')}`, note,
]), { minLength: 2, maxLength: 40 })

export const realHeader = ['First name', 'Last name', 'E-mail', 'Company', 'City', 'Phone', 'Amount', 'Note']

/** Prints a table; cells are quoted where they must be, and where `quoteMore` says so. */
export function printCsv(rows: readonly (readonly string[])[], { delimiter, quote, escape, lineEnd }: { delimiter: string; quote: string; escape: string; lineEnd: string }, quoteMore: () => boolean): string {
  return rows.map((row) => row.map((cell) => {
    const must = cell === '' ? false : cell.includes(quote) || cell.includes(delimiter) || /[\r\n]|^\s|\s$/.test(cell) || (escape === '\\' && cell.includes('\\'))
    if (!must && !quoteMore()) return cell
    return quote + (escape === '\\' ? cell.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) : cell.replaceAll(quote, quote + quote)) + quote
  }).join(delimiter) + lineEnd).join('')
}
