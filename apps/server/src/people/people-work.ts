import { Fault, closest, findObject, narrowed, standardRole } from '@longshore/core'
import type { Catalog, Role } from '@longshore/core'
import {
  audit, createApiKey, createInvitation, dropRole, findRole, leaveOrganization, listApiKeys, listAudit, listInvitations, listMemberships, listRoles, otherAdmins, putRole, revokeApiKey, revokeInvitation, setRole, setTeams,
} from '@longshore/store'
import type { ApiKey, AuditEntry, Invitation, KeyAccess, Membership, Transaction } from '@longshore/store'
import { doer } from '../actor.ts'
import type { Workspace } from '../open-workspace.ts'
import { setPassword, findAccount, refuseWeak } from './accounts.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { hashOf, newSecret } from './secret-token.ts'
import { endSession, listSessions, type Session } from './sessions.ts'

/** What is done to the people of the actor's organization, and what they may. Whether the actor may do it is the route's to ask; what they may give is asked here. */
export interface PeopleWork {
  members(): Promise<Membership[]>
  changeMember(member: number, change: { role?: string | undefined; teams?: string[] | undefined }): Promise<Membership>
  removeMember(member: number): Promise<void>
  invitations(): Promise<Invitation[]>
  /** `secret`: of the link that the person follows; it is shown this once. */
  invite(wish: { email: string; role: string }): Promise<{ invitation: Invitation; secret: string }>
  withdraw(invitation: number): Promise<void>
  roles(): Promise<Role[]>
  putRole(role: Role): Promise<Role>
  dropRole(name: string): Promise<void>
  /** The actor's own, or with `everybody` all of them. */
  keys(options: { everybody: boolean }): Promise<ApiKey[]>
  /** `key`: the key itself; it is shown this once. */
  createKey(wish: { name: string; days: number; access: KeyAccess | null; password: string | null }): Promise<{ apiKey: ApiKey; key: string }>
  revokeKey(id: number, options: { everybody: boolean }): Promise<void>
  /** Where the account of a session is signed in; `current`: by that session. */
  sessions(session: { id: string; account: string }): Promise<(Session & { current: boolean })[]>
  endSession(session: { account: string }, id: string): Promise<void>
  teams(): Promise<{ name: string; members: number[] }[]>
  changePassword(wish: { current: string; next: string; session: string | null }): Promise<void>
  auditLog(options: { limit: number; cursor?: string | undefined }): Promise<{ items: AuditEntry[]; next: string | null }>
}

const invitationHours = 7 * 24

export function peopleWork(workspace: Workspace): PeopleWork {
  const { db, organization, actor } = workspace
  const by = doer(actor)
  const read = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => db.transaction(null, work, { readOnly: true })
  const write = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => db.transaction(null, work)

  async function roleNamed(tx: Transaction, name: string): Promise<Role> {
    const role = await findRole(tx, organization, name)
    if (role) return role
    const names = (await listRoles(tx, organization)).map((one) => one.name)
    const nearest = closest(name, names)
    throw new Fault('role.unknown', `There is no role "${name.slice(0, 80)}".${nearest === null ? ` There are: ${names.join(', ')}.` : ` Did you mean "${nearest}"?`}`, { path: 'role' })
  }

  /** An admin's role is an admin's to give: everybody else could otherwise make themselves one. */
  function refuseMore(role: Role): void {
    if (actor.kind === 'operator' || actor.role.name === 'admin') return
    const missing = role.rights.filter((right) => !actor.role.rights.includes(right))
    const wider = JSON.stringify(narrowed(role, actor.role).objects) !== JSON.stringify(narrowed(role, role).objects) || (role.scope !== actor.role.scope && actor.role.scope !== 'all')
    if (missing.length > 0 || wider || role.name === 'admin') throw new Fault('access.beyond', `The role "${role.name}" may do more than your own: only an admin can give it.`, { path: 'role' })
  }

  async function refuseLastAdmin(tx: Transaction, member: number): Promise<void> {
    const others = await otherAdmins(tx, organization, member) // locks, so that two admins cannot leave at once
    const { role, hasAccount } = await memberOf(tx, member)
    if (role === 'admin' && hasAccount && others === 0) throw new Fault('member.last-admin', 'This is the only admin who can sign in. Make somebody else an admin first.')
  }

  async function memberOf(tx: Transaction, member: number): Promise<Membership> {
    const found = (await listMemberships(tx, organization)).find(({ id }) => id === member)
    if (!found) throw new Fault('member.unknown', `There is no member ${member}. GET /v1/members lists those that there are.`)
    return found
  }

  return {
    members: () => read((tx) => listMemberships(tx, organization)),
    changeMember: (member, { role: name, teams }) => write(async (tx) => {
      const before = await memberOf(tx, member)
      if (name !== undefined && name !== before.role) {
        refuseMore(await roleNamed(tx, before.role))
        refuseMore(await roleNamed(tx, name))
        if (name !== 'admin') await refuseLastAdmin(tx, member)
        await setRole(tx, organization, member, name)
        await audit(tx, organization, by, { act: 'member.role', target: `member/${member}`, details: { from: before.role, to: name } })
      }
      if (teams !== undefined) {
        await setTeams(tx, organization, member, [...new Set(teams)])
        await audit(tx, organization, by, { act: 'member.teams', target: `member/${member}`, details: { from: before.teams, to: teams } })
      }
      return memberOf(tx, member)
    }),
    removeMember: (member) => write(async (tx) => {
      refuseMore(await roleNamed(tx, (await memberOf(tx, member)).role))
      await refuseLastAdmin(tx, member)
      await leaveOrganization(tx, organization, member)
      await audit(tx, organization, by, { act: 'member.remove', target: `member/${member}` })
    }),
    invitations: () => read((tx) => listInvitations(tx, organization)),
    invite: ({ email, role }) => write(async (tx) => {
      refuseMore(await roleNamed(tx, role))
      if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Fault('invitation.e-mail', `"${email.slice(0, 80)}" is no e-mail address.`, { path: 'email' })
      if ((await listMemberships(tx, organization)).some((member) => member.hasAccount && member.email.toLowerCase() === email.toLowerCase())) {
        throw new Fault('member.exists', `${email} is a member with an account already.`, { path: 'email' })
      }
      const secret = newSecret()
      const invitation = await createInvitation(tx, organization, { email: email.toLowerCase(), role, hash: hashOf(secret), by: by.member, hours: invitationHours })
      await audit(tx, organization, by, { act: 'invitation.create', target: `invitation/${invitation.id}`, details: { role } })
      return { invitation, secret }
    }),
    withdraw: (id) => write(async (tx) => {
      if (!await revokeInvitation(tx, organization, id)) throw new Fault('invitation.unknown', `There is no open invitation ${id}.`)
      await audit(tx, organization, by, { act: 'invitation.withdraw', target: `invitation/${id}` })
    }),
    roles: () => read((tx) => listRoles(tx, organization)),
    async putRole(role) {
      const catalog = await workspace.catalog() // not inside the transaction: it takes a connection of its own
      return write(async (tx) => {
        if (standardRole(role.name)) throw new Fault('role.standard', `The role "${role.name}" is the same everywhere and cannot be changed. Make one of another name.`, { path: 'name' })
        refuseMore(role)
        const before = await findRole(tx, organization, role.name)
        if (before) refuseMore(before)
        // the preview and the rows of a job that somebody else started have all of its fields
        if (role.rights.includes('all-jobs') && Object.values(role.hiddenFields).some((fields) => fields.length > 0)) throw new Fault('role.hidden-and-all-jobs', `The role "${role.name}" hides fields, and with the right "all-jobs" its members would see them in the jobs of others. Leave one of the two out.`, { path: 'rights' })
        refuseHiddenRequired(catalog, role)
        await putRole(tx, organization, role)
        await audit(tx, organization, by, { act: before ? 'role.change' : 'role.create', target: `role/${role.name}`, details: { rights: role.rights, scope: role.scope } })
        return role
      })
    },
    dropRole: (name) => write(async (tx) => {
      if (standardRole(name)) throw new Fault('role.standard', `The role "${name}" is the same everywhere and cannot be removed.`)
      if (!await dropRole(tx, organization, name)) throw new Fault('role.in-use', `The role "${name.slice(0, 80)}" does not exist, or a member or an open invitation has it. Give them another one first.`)
      await audit(tx, organization, by, { act: 'role.remove', target: `role/${name}` })
    }),
    keys: ({ everybody }) => read((tx) => listApiKeys(tx, organization, everybody ? null : by.member ?? 0)),
    async createKey({ name, days, access, password }) {
      const catalog = access === undefined ? null : await workspace.catalog() // not inside the transaction: it takes a connection of its own
      return write(async (tx) => {
        if (!actor.member) throw new Fault('key.nobody', 'An API key belongs to a member, and nobody has an account yet. Follow the sign-in link that "longshore start" prints, then make the key.')
        if (actor.kind === 'key') throw new Fault('key.by-key', 'An API key cannot make another one. Sign in with a password to make it.')
        const unknown = catalog && Object.keys(access?.objects ?? {}).find((object) => object !== '*' && !findObject(catalog, object))
        if (typeof unknown === 'string') throw new Fault('object.unknown', `There is no object "${unknown}" that the key could reach. There are: ${catalog?.objects.map((object) => object.name).join(', ')}; "*" stands for all.`, { path: `access.objects.${unknown}` })
        await refusePassword(tx, password)
        const key = `lsk_${newSecret()}`
        const limits = access ?? { rights: actor.role.rights, objects: actor.role.objects }
        const apiKey = await createApiKey(tx, organization, { member: actor.member.id, name, days, prefix: key.slice(0, 10), hash: hashOf(key), access: limits })
        await audit(tx, organization, by, { act: 'key.create', target: `key/${apiKey.id}`, details: { rights: limits.rights, days } })
        return { apiKey, key }
      })
    },
    revokeKey: (id, { everybody }) => write(async (tx) => {
      if (!await revokeApiKey(tx, organization, id, everybody ? null : by.member ?? 0)) throw new Fault('key.unknown', `There is no API key ${id} that works.`)
      await audit(tx, organization, by, { act: 'key.revoke', target: `key/${id}` })
    }),
    sessions: ({ id: current, account }) => read(async (tx) => (await listSessions(tx, account)).map((one) => ({ ...one, current: one.id === current }))),
    endSession: ({ account }, id) => write(async (tx) => {
      if (!await endSession(tx, account, id)) throw new Fault('session.unknown', 'You have no such session, or it is over.')
      await audit(tx, organization, by, { act: 'session.end' })
    }),
    teams: () => read(async (tx) => {
      const members = await listMemberships(tx, organization)
      return [...new Set(members.flatMap(({ teams }) => teams))].sort().map((name) => ({ name, members: members.filter(({ teams }) => teams.includes(name)).map(({ id }) => id) }))
    }),
    async changePassword({ current, next, session }) {
      if (!actor.member || actor.kind !== 'person') throw new Fault('password.nobody', 'A password is changed by whoever is signed in with it.')
      const { email } = actor.member
      refuseWeak(next, email)
      const hash = await hashPassword(next)
      await write(async (tx) => {
        await refusePassword(tx, current)
        const account = await findAccount(tx, email)
        if (!account) throw wrongPassword()
        await setPassword(tx, account.id, hash, session)
        await audit(tx, organization, by, { act: 'password.change' })
      })
    },
    async auditLog({ limit, cursor }) {
      if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) throw new Fault('request.cursor', 'The cursor is none that a page of this list gave as "next". Begin without one.', { path: 'cursor' })
      const entries = await read((tx) => listAudit(tx, organization, { limit: limit + 1, before: cursor ?? null }))
      const items = entries.slice(0, limit)
      return { items, next: entries.length > limit ? items.at(-1)?.id ?? null : null }
    },
  }

  /** Whoever makes a key or changes a password shows once more who they are: an open browser is not enough. */
  async function refusePassword(tx: Transaction, password: string | null): Promise<void> {
    const account = actor.member && await findAccount(tx, actor.member.email)
    if (!account?.password || password === null || !await verifyPassword(password, account.password)) throw wrongPassword()
  }
}

function wrongPassword(): Fault {
  return new Fault('password.wrong', 'The password is not the one of your account.', { path: 'password' })
}

/** A field that every record needs cannot be hidden: its members could make no record. */
function refuseHiddenRequired({ objects }: Catalog, role: Role): void {
  for (const [name, fields] of Object.entries(role.hiddenFields)) {
    const object = objects.find((one) => one.name === name)
    if (!object) throw new Fault('object.unknown', `There is no object "${name.slice(0, 80)}".`, { path: `hiddenFields.${name}` })
    for (const field of fields) {
      const found = object.fields.find((one) => one.name === field)
      if (!found) throw new Fault('unknown-field', `There is no field "${field.slice(0, 80)}" of ${name}.`, { path: `hiddenFields.${name}` })
      if (found.required) throw new Fault('role.hides-required', `Every record of ${name} needs its ${field}, so it cannot be hidden.`, { path: `hiddenFields.${name}` })
    }
  }
}
