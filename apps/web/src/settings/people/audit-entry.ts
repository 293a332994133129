import type { ObjectAnswer } from '@longshore/contract'
import { objectCount, objectNoun } from '../../ui/object-noun.ts'
import { dateAndTime } from '../../ui/time.ts'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'

const texts = settingsWords.audit

export interface AuditEntry { id: string; at: string; member: number | null; apiKey: number | null; act: string; target: string | null; details: Record<string, unknown> }
/** What the log names by ids and API names, as people know it. */
export interface AuditNames { objects: readonly ObjectAnswer[]; member: (id: number) => string; role: (name: string) => string }
/** One entry in words. What there is to open has its address. */
export interface AuditLine { act: string; about: string; job: number | null; record: { object: string; record: string } | null; details: string[] }

export function auditLine({ act, target, details }: AuditEntry, names: AuditNames): AuditLine {
  const [kind = '', ...rest] = (target ?? '').split('/')
  const id = rest.join('/')
  const job = kind === 'job' ? Number(id) : null
  const record = act === 'record.edit' && id !== '' ? { object: kind, record: id } : null
  return { act: texts.acts[act] ?? act, about: aboutOf(act, kind, id, names), job, record, details: detailsOf(act, kind, details, names) }
}

function aboutOf(act: string, kind: string, id: string, { objects, member, role }: AuditNames): string {
  if (kind === 'job') return words.jobs.job(Number(id))
  if (kind === 'member') return member(Number(id))
  if (kind === 'role') return role(id)
  if (kind === 'mapping') return id
  if (act.startsWith('record.')) return objects.find((object) => object.name === kind)?.[act === 'record.edit' ? 'label' : 'pluralLabel'] ?? kind
  return id === '' || kind === 'schema' ? '' : texts.number(id)
}

function detailsOf(act: string, object: string, details: Record<string, unknown>, { objects, role }: AuditNames): string[] {
  const text = (key: string): string | null => typeof details[key] === 'string' || typeof details[key] === 'number' ? String(details[key]) : null
  const list = (key: string): string[] => Array.isArray(details[key]) ? details[key].map(String) : []
  const said = (value: string | null, say: (value: string) => string): string[] => value === null ? [] : [say(value)]
  if (act === 'record.edit') return [list('fields').map((name) => objects.find((one) => one.name === object)?.fields.find((field) => field.name === name)?.label ?? name).join(', ')]
  if (act.startsWith('record.')) return [objectCount(objects, object, Array.isArray(details['records']) ? details['records'].length : Number(details['records'] ?? 0))]
  if (act === 'member.role') return [texts.fromTo(role(text('from') ?? ''), role(text('to') ?? ''))]
  if (act === 'member.teams') return [texts.fromTo(list('from').join(', ') || texts.noTeam, list('to').join(', ') || texts.noTeam)]
  if (act === 'settings.change') return [list('settings').map((name) => settingsWords.organization.settings[name]?.label ?? name).join(', ')]
  if (act === 'schema.change') return said(text('changes'), (changes) => texts.changes(Number(changes)))
  return [
    ...said(text('object'), (name) => objectNoun(objects, name, 2)), ...(act === 'job.import' ? said(text('operation'), (name) => words.jobs.operations[name]?.toLowerCase() ?? name) : []),
    ...said(text('undoes'), (job) => words.jobs.undoes(Number(job))), ...said(text('trialOf'), (job) => texts.trialOf(Number(job))), ...said(text('startAt'), (moment) => texts.startsAt(dateAndTime(moment))),
    ...said(text('role'), (name) => texts.asRole(role(name))), ...said(text('scope'), (scope) => `${settingsWords.roles.scope}: ${settingsWords.roles.scopes[scope as 'all'] ?? scope}`),
    ...list('rights').map((right) => settingsWords.roles.rights[right as 'people'] ?? settingsWords.roles.objectRights[right as 'read'] ?? right), ...said(text('days'), (days) => texts.forDays(Number(days))),
    ...said(text('host'), (host) => `${host}:${text('port') ?? ''}`), ...(typeof details['shared'] === 'boolean' ? [details['shared'] ? texts.shared : texts.notShared] : []),
  ]
}
