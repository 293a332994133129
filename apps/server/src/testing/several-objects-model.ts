// What imports of contacts with the accounts that their rows describe mean, and of links between both, told the slow way over plain maps.
// It shares no code with the product. Tags are lists; an empty cell is null.

export type AccountValue = string | readonly string[] | null
export const accountFields = ['billing_city', 'billing_street', 'tags'] as const
export type AccountField = (typeof accountFields)[number]
export type Description = Readonly<Record<AccountField, AccountValue>>
export type AccountRule = 'always' | 'if-empty' | 'never' | 'append'

/** A row of contacts. `describes` is about the account that `company` names. */
export interface PersonRow { email: string | null; lastName: string | null; company: string | null; describes: Description }
export interface PersonWay { missing: 'error' | 'create' | 'blank'; existing: 'leave' | 'update'; rules: Readonly<Partial<Record<AccountField, AccountRule>>> }
export interface LinkRow { email: string | null; account: string | null; role: string | null }

export interface Account { id: bigint; name: string; fields: Description }
export interface Contact { id: bigint; email: string | null; lastName: string; account: bigint | null }
export interface Link { id: bigint; from: bigint; to: bigint; role: string | null }
export interface RowEnd { row: number; outcome: 'created' | 'updated' | 'skipped' | 'failed' | 'deleted' }

export class SeveralObjects {
  accounts = new Map<string, Account>()
  contacts: Contact[] = []
  links: Link[] = []

  copy(): SeveralObjects {
    const copy = new SeveralObjects()
    copy.accounts = new Map([...this.accounts].map(([name, account]) => [name, { ...account }]))
    copy.contacts = this.contacts.map((contact) => ({ ...contact }))
    copy.links = this.links.map((link) => ({ ...link }))
    return copy
  }

  /** Upserts contacts by their addresses. Rows are numbered from 2. */
  importPeople(job: number, rows: readonly PersonRow[], { missing, existing, rules }: PersonWay): RowEnd[] {
    const before = new Map(this.accounts)
    const numbered = rows.map((row, i) => ({ ...row, row: i + 2 }))
    // the first row that names a missing account gives its id, whatever becomes of that row
    const made = new Map<string, bigint>()
    if (missing === 'create') for (const { company, row } of numbered) if (company !== null && !before.has(company) && !made.has(company)) made.set(company, recordId(job, row, 1))
    const written: { row: number; email: string | null; company: string | null; describes: Description; second: boolean }[] = []
    const writtenTo = new Set<bigint>()
    const anchors = new Map<string, number>()
    const ends = numbered.map(({ row, email, lastName, company, describes }): RowEnd => {
      if (company !== null && !before.has(company) && missing === 'error') return { row, outcome: 'failed' }
      if (email !== null && !anchors.has(email)) anchors.set(email, row)
      const account = company === null ? null : before.get(company)?.id ?? made.get(company) ?? null
      const held = email === null ? undefined : this.contacts.find((contact) => contact.email === email)
      if (!held && lastName === null) return { row, outcome: 'failed' }
      if (held && (lastName === null || lastName === held.lastName) && (account === null || account === held.account)) return { row, outcome: 'skipped' }
      const contact: Contact = { id: held?.id ?? recordId(job, row, 0), email, lastName: lastName ?? held?.lastName ?? '', account: account ?? held?.account ?? null }
      this.contacts = [...this.contacts.filter((one) => one !== held), contact]
      written.push({ row, email, company, describes, second: writtenTo.has(contact.id) })
      writtenTo.add(contact.id)
      return { row, outcome: held ? 'updated' : 'created' }
    })
    // rows that write to one record one after the other are written together, with the first row that has its address
    const together = new Set(written.flatMap(({ second, email }) => (second && email !== null ? [email] : [])))
    const turn = ({ row, email }: { row: number; email: string | null }): number => (email !== null && together.has(email) ? anchors.get(email) ?? row : row)
    for (const { company, describes } of written.toSorted((a, b) => turn(a) - turn(b) || a.row - b.row)) {
      const id = company === null ? undefined : made.get(company)
      if (company !== null && id !== undefined && !this.accounts.has(company)) this.accounts.set(company, { id, name: company, fields: describes })
    }
    if (existing === 'update') {
      for (const { row, company, describes } of numbered) {
        const account = company === null ? undefined : this.accounts.get(company)
        if (account && before.has(account.name) && ends.some((end) => end.row === row && end.outcome !== 'failed')) account.fields = laidOver(account.fields, describes, rules)
      }
    }
    return ends
  }

  /** Makes links, or takes those away that rows name. The same ends with the same role are one link. */
  importLinks(job: number, rows: readonly LinkRow[], operation: 'insert' | 'delete'): RowEnd[] {
    const gone: Link[] = []
    return rows.map(({ email, account, role }, i): RowEnd => {
      const row = i + 2
      const from = this.contacts.find((contact) => email !== null && contact.email === email)?.id
      const to = account === null ? undefined : this.accounts.get(account)?.id
      if (from === undefined || to === undefined) return { row, outcome: 'failed' }
      const isIt = (link: Link): boolean => link.from === from && link.to === to && link.role === role
      const held = this.links.find(isIt)
      if (operation === 'insert') {
        if (held) return { row, outcome: 'skipped' }
        this.links.push({ id: recordId(job, row, 0), from, to, role })
        return { row, outcome: 'created' }
      }
      if (!held) return { row, outcome: gone.some(isIt) ? 'skipped' : 'failed' }
      gone.push(held)
      this.links = this.links.filter((link) => link !== held)
      return { row, outcome: 'deleted' }
    })
  }
}

function laidOver(old: Description, cells: Description, rules: PersonWay['rules']): Description {
  return Object.fromEntries(accountFields.map((name) => {
    const [held, cell, rule] = [old[name], cells[name], rules[name] ?? 'always']
    if (cell === null || rule === 'never' || (rule === 'if-empty' && held !== null)) return [name, held]
    return [name, rule === 'append' && Array.isArray(held) && Array.isArray(cell) ? [...new Set([...held as string[], ...cell as string[]])] : cell]
  })) as unknown as Description
}

function recordId(job: number, row: number, slot: number): bigint {
  return (BigInt(job) << 35n) | (BigInt(row) << 3n) | BigInt(slot)
}
