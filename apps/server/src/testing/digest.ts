import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { outcomeRows } from '@longshore/store'
import type { Database, Transaction } from '@longshore/store'

/**
 * Everything that an interrupted run must leave as an uninterrupted one does, as lines by part: `records contacts`, `changes`, `outcomes`,
 * `issues`, `jobs`, `indexes`, `file job-2/results.csv`. Lines are in a fixed order, so two dumps can be compared line by line.
 */
export type Dump = Map<string, string[]>

/** Left out by name: what tells of tries and of the clock, not of the data. When a record went to the bin is of the clock, too. */
const notOfTheJob = [
  // which try it was, and what each try left behind on its way
  'attempt', 'wanted', 'seen', 'version',
  // metrics and stamps
  'created_at', 'started_at', 'finished_at', 'worked_ms', 'phases',
  // differs with each copy of the source
  'source_file',
]

/** Reads the state of the only organization, and the result files under the data directory. */
export async function dumpOf(db: Database, dataDirectory: string): Promise<Dump> {
  const dump: Dump = await db.transaction(null, async (tx) => {
    const parts: Dump = new Map()
    const { rows: tables } = await tx.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'org_1' AND c.relkind = 'r' AND c.relname !~ '^_' ORDER BY c.relname COLLATE "C"`)
    for (const { name } of tables) parts.set(`records ${name}`, await lines(tx, `SELECT to_jsonb(t) - 'deleted_at' || jsonb_build_object('binned', t.deleted_at IS NOT NULL) AS line, t.id AS place FROM org_1."${name}" t`))
    parts.set('changes', await lines(tx, `SELECT to_jsonb(t) - 'id' AS line, t.record AS place FROM org_1._change t`))
    parts.set('reviews', await lines(tx, `SELECT to_jsonb(t) - 'id' AS line, t.record AS place FROM org_1._review t`))
    parts.set('owners in turn', await lines(tx, 'SELECT to_jsonb(t) AS line, t.job::bigint << 35 | t.row_number AS place FROM org_1._assigned t'))
    parts.set('related changes', await lines(tx, 'SELECT to_jsonb(t) AS line, t.record AS place FROM org_1._related_change t'))
    parts.set('outcomes', await lines(tx, `SELECT to_jsonb(t) AS line, t.job::bigint << 35 | t.row_number AS place FROM ${outcomeRows('org_1')} t`))
    parts.set('issues', await lines(tx, 'SELECT to_jsonb(t) AS line, t.job::bigint << 35 | t.row_number AS place FROM org_1._issue t'))
    parts.set('jobs', await lines(tx, `SELECT to_jsonb(t) - $1::text[] - 'results' #- '{compiled,resultsDirectory}' #- '{checkpoint,drifted}' #- '{checkpoint,linksInDoubt}' || jsonb_build_object('results',
      (SELECT coalesce(jsonb_agg(r - 'id'), '[]') FROM jsonb_array_elements(t.results) r)) AS line, t.number::bigint AS place FROM longshore.job t`, [notOfTheJob]))
    parts.set('writers', await lines(tx, `SELECT jsonb_build_array(t.object, t.job) AS line FROM org_1._writer t`))
    parts.set('indexes', await lines(tx, `SELECT to_jsonb(x.indisvalid::text || regexp_replace(pg_catalog.pg_get_indexdef(x.indexrelid), ' INDEX \\S+ ', ' INDEX ')) AS line
      FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class c ON c.oid = x.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'org_1' AND c.relname !~ '^_'`))
    return parts
  }, { isolation: 'repeatable read', readOnly: true })
  for (const [name, bytes] of resultFiles(dataDirectory)) dump.set(`file ${name}`, bytes.toString('latin1').split('\n'))
  return dump
}

/** Result files by their place under the data directory, parts that are not whole among them. */
export function resultFiles(dataDirectory: string): Map<string, Buffer> {
  const folder = join(dataDirectory, 'results')
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)) : []
  return new Map(names.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path)]))
}

/** SHA-256 of all parts, in hexadecimal. */
export function digestOf(dump: Dump): string {
  const hash = createHash('sha256')
  for (const [part, all] of [...dump].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${part}\0${all.length}\n`)
    for (const line of all) hash.update(line).update('\n')
  }
  return hash.digest('hex')
}

/** Where two dumps differ, for people: part, and the first lines that only one of them has. */
export function differences(expected: Dump, found: Dump): string[] {
  return [...new Set([...expected.keys(), ...found.keys()])].sort().flatMap((part) => {
    const wanted = expected.get(part), got = found.get(part)
    if (!wanted || !got) return [`${part}: ${wanted ? 'missing' : 'not expected'}`]
    if (wanted.length === got.length && wanted.every((line, i) => line === got[i])) return []
    const here = new Set(wanted), there = new Set(got)
    const lost = wanted.filter((line) => !there.has(line)), more = got.filter((line) => !here.has(line))
    return [`${part}: ${wanted.length} lines expected, ${got.length} found`, ...lost.slice(0, 2).map((line) => `  - ${line.slice(0, 1500)}`), ...more.slice(0, 2).map((line) => `  + ${line.slice(0, 1500)}`)]
  })
}

async function lines(tx: Transaction, sql: string, values: readonly unknown[] = []): Promise<string[]> {
  const place = sql.includes('AS place') ? 'q.place, ' : ''
  const { rows } = await tx.query<{ line: string }>(`SELECT q.line::text AS line FROM (${sql}) q ORDER BY ${place}q.line::text COLLATE "C"`, values)
  return rows.map(({ line }) => line)
}
