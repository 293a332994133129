import { contactList, type ListOptions } from './contact-list.ts'

/** What a list of a scenario holds: contacts, contacts with their age and more of their companies, or what refers to records in other ways. */
export type ListKind = 'contacts' | 'aged-contacts' | 'companies' | 'notes' | 'links'
export interface List extends ListOptions { kind?: ListKind }

/** The list as CSV: the same text for the same options. */
export function listText({ kind = 'contacts', ...options }: List): string {
  switch (kind) {
    case 'contacts': return contactList(options)
    case 'aged-contacts': return agedContacts(options)
    case 'companies': return companies(options)
    case 'notes': return notes(options)
    case 'links': return links(options)
  }
}

/** Contacts that also say when they changed, and what city and note their company has: one row of the file is newer than the other. */
function agedContacts(options: ListOptions): string {
  const [header = '', ...lines] = contactLines(options)
  const edition = options.edition ?? 'a'
  const aged = lines.map((line, i) => `${line},20${20 + (i * 7 + edition.length * 3) % 6}-0${1 + i % 9}-15,City ${(i + edition.length) % 13},"Seen ${edition} ${i % 4}"`)
  return text([`${header},Last Modified,Account City,Account Note`, ...aged])
}

/** The records of a contact list, each as one piece of text, however many lines it has. */
function contactLines(options: ListOptions): string[] {
  return contactList(options).trimEnd().split(/\n(?!and went)/)
}

/** Companies that name their parent, which stands further down, further up, fails, or is in no row at all. */
function companies({ rows, edition = 'a' }: ListOptions): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const firm = rows - i // parents further down, for the most part
    const parent = firm % 10 === 3 ? `Holding ${firm % 7}` : firm % 17 === 0 ? '' : `Firm ${Math.floor(firm / 2)}`
    return [`F-${i % 50 === 49 ? firm + 2 : firm}`, i % 50 === 49 ? `FIRM ${firm + 2}` : `Firm ${firm}`, firm === 1 ? '' : parent, firm % 29 === 5 ? 'many' : String(firm), `City ${edition}${firm % 5}`].join(',')
  })
  return text(['External ID,Account Name,Parent,Employees,City', ...lines])
}

/** Notes on contacts and companies of the contact list, some on nobody and some on somebody unknown. */
function notes({ rows, from = 0, edition = 'a' }: ListOptions): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const person = from + i
    const [to, object] = i % 9 === 8 ? ['', ''] : i % 4 === 1 ? [`Company ${Math.floor(person / 6) % 400} ${person % 3 === 0 ? 'Inc.' : 'GmbH'}`, 'Company'] : [`p.${person}@example.com`, 'Contact']
    return [`N-${i % 40 === 39 ? i - 3 : i}`, `Note ${edition} ${i % 11}`, to, object].join(',')
  })
  return text(['External ID,Title,Related To,Related Type', ...lines])
}

/** Links between contacts, and from contacts to companies; some stand twice, some lead to nobody. */
function links({ rows, from = 0 }: ListOptions): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const person = from + (i % 20 === 19 ? i - 1 : i)
    const company = i % 3 === 1
    return [`p.${person}@example.com`, 'Contact', company ? `Company ${Math.floor(person / 6) % 400} ${person % 3 === 0 ? 'Inc.' : 'GmbH'}` : `p.${person + 1}@example.com`, company ? 'Company' : 'Contact', ['Buyer', 'Mentor', ''][person % 3] ?? ''].join(',')
  })
  return text(['From,From type,To,To type,Role', ...lines])
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
