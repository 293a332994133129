/** A list of contacts as CSV: the same one for the same options, with rows that repeat, fail, and share their company. */
export interface ListOptions {
  rows: number
  /** Number of the first person: lists that overlap share people. */
  from?: number
  /** Changes what is told of each person, but not who they are: names the edition of the list. */
  edition?: string
}

const header = 'External ID,First Name,Last Name,Email,Phone Number,Company,Job Title,Lead Source,Lead Score,Description'
const sources = ['Web', 'Referral', 'Trade Show', 'Partner']

export function contactList({ rows, from = 0, edition = 'a' }: ListOptions): string {
  return `${header}\n${Array.from({ length: rows }, (_, i) => rowOf(i, from, edition)).join('\n')}\n`
}

/** Of 100 rows: 5 repeat an earlier person (some far above, some in a chain of three), 6 have a fault, 3 have no e-mail. */
function rowOf(i: number, from: number, edition: string): string {
  const kind = i % 100
  const repeats = i > 50 && [7, 31, 32, 66, 93].includes(kind)
  const person = from + (!repeats ? i : kind === 32 ? i - 2 : kind === 31 ? i - 1 : i % 2 === 0 ? i >> 1 : i - 41)
  const email = kind % 40 === 13 && !repeats ? '' : kind === 17 ? 'not an address' : repeats ? `P.${person}@EXAMPLE.COM` : `p.${person}@example.com`
  const score = kind === 23 ? 'plenty' : String((person * 7 + edition.length + i) % 100)
  return [
    repeats ? '' : `X-${person}`, `First${person % 40}`, kind === 57 ? '' : `Last${person}`, email, `(202) 555-${String(1000 + person % 9000).slice(-4)}`,
    kind % 9 === 4 ? '' : `Company ${Math.floor(person / 6) % 400} ${person % 3 === 0 ? 'Inc.' : 'GmbH'}`, `Job ${edition}${person % 11}`,
    kind === 41 ? 'Carrier pigeon' : sources[(person + edition.length) % sources.length] ?? '', score,
    kind % 25 === 3 ? `"Said: ""${edition}""\nand went, twice"` : `Note ${edition} ${person % 5}`,
  ].join(',')
}
