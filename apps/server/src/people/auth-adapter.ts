import type { Database } from '@longshore/store'
import { quoteIdentifier } from '@longshore/store'
import { createAdapterFactory, type CleanedWhere } from 'better-auth/adapters'

/** better-auth's tables, as the system's migration makes them. */
const tables = new Set(['user', 'session', 'account', 'verification'])
const operators: Readonly<Record<string, string>> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' }

type Row = Record<string, unknown>

/** Lets better-auth keep its tables through our transactions: one pool, one driver, one way to write. Names come from its schema, never from a request. */
export function authAdapter(db: Database) {
  const look = async (text: string, values: unknown[]): Promise<Row[]> => (await db.alone.query<{ row: Row }>(text, values)).rows.map(({ row }) => dated(row))
  const run = async (text: string, values: unknown[]): Promise<Row[]> => (await db.transaction(null, (tx) => tx.query<{ row: Row }>(text, values))).rows.map(({ row }) => dated(row))
  const count = async (text: string, values: unknown[]): Promise<number> => (await db.transaction(null, (tx) => tx.query(text, values))).rowCount
  return createAdapterFactory({
    config: { adapterId: 'longshore', supportsJSON: true, supportsDates: true, supportsBooleans: true },
    adapter: () => ({
      async create({ model, data }) {
        const names = Object.keys(data)
        const [row] = await run(`INSERT INTO ${table(model)} AS t (${names.map(quoteIdentifier).join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')}) RETURNING to_jsonb(t.*) AS row`, Object.values(data))
        return row as typeof data // as PostgreSQL gives back what was put in
      },
      async update({ model, where, update }) {
        const [row] = await run(...changed(model, where, update as Row, ' RETURNING to_jsonb(t.*) AS row'))
        return row as never ?? null // the library says what it is
      },
      updateMany: ({ model, where, update }) => count(...changed(model, where, update, '')),
      async findOne({ model, where }) {
        const values: unknown[] = []
        const [row] = await look(`SELECT to_jsonb(t.*) AS row FROM ${table(model)} t WHERE ${conditions(where, values)} LIMIT 1`, values)
        return row as never ?? null // the library says what it is
      },
      async findMany({ model, where = [], limit, sortBy, offset = 0 }) {
        const values: unknown[] = []
        const condition = conditions(where, values)
        const order = sortBy ? ` ORDER BY t.${quoteIdentifier(sortBy.field)} ${sortBy.direction === 'desc' ? 'DESC' : 'ASC'}` : ''
        return await look(`SELECT to_jsonb(t.*) AS row FROM ${table(model)} t WHERE ${condition}${order} LIMIT ${Number(limit)} OFFSET ${Number(offset)}`, values) as never[] // the library says what they are
      },
      async delete({ model, where }) { await removed(model, where) },
      deleteMany: ({ model, where }) => removed(model, where),
      async count({ model, where = [] }) {
        const values: unknown[] = []
        const [row] = await look(`SELECT jsonb_build_object('n', count(*)) AS row FROM ${table(model)} t WHERE ${conditions(where, values)}`, values)
        return Number(row?.['n'] ?? 0)
      },
    }),
  })

  function removed(model: string, where: CleanedWhere[]): Promise<number> {
    const values: unknown[] = []
    return count(`DELETE FROM ${table(model)} t WHERE ${conditions(where, values)}`, values)
  }
}

function changed(model: string, where: CleanedWhere[], update: Row, returning: string): [string, unknown[]] {
  const values = Object.values(update)
  const sets = Object.keys(update).map((name, i) => `${quoteIdentifier(name)} = $${i + 1}`)
  return [`UPDATE ${table(model)} t SET ${sets.join(', ')} WHERE ${conditions(where, values)}${returning}`, values]
}

function table(model: string): string {
  if (!tables.has(model)) throw new Error(`better-auth asks for the table ${model}, which no migration makes`)
  return `auth.${quoteIdentifier(model)}`
}

function conditions(where: CleanedWhere[], values: unknown[]): string {
  if (where.length === 0) return 'true'
  return where.map(({ field, operator, value, connector }, i) => {
    const name = `t.${quoteIdentifier(field)}`
    const joint = i === 0 ? '' : connector === 'OR' ? ' OR ' : ' AND '
    if (value === null) return `${joint}${name} IS ${operator === 'ne' ? 'NOT ' : ''}NULL`
    values.push(value)
    if (operator === 'in') return `${joint}${name} = ANY($${values.length})`
    const sign = operators[operator]
    if (sign === undefined) throw new Error(`better-auth compares by ${operator}, which this adapter does not know`)
    return `${joint}${name} ${sign} $${values.length}`
  }).join('')
}

/** JSON has no moments: columns that end in At hold them. */
function dated(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, name.endsWith('At') && typeof value === 'string' ? new Date(value) : value]))
}
