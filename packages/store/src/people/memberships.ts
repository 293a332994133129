import type { Role } from '@longshore/core'
import type { Member } from '../organizations/members.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { findRole } from './roles.ts'

/** A member with what they are in the organization. */
export interface Membership extends Member {
  role: string
  /** Whether they can sign in. */
  hasAccount: boolean
  teams: string[]
}

/** Everybody who is in the organization, oldest first. */
export async function listMemberships(tx: Transaction, organization: Organization): Promise<Membership[]> {
  const { rows } = await tx.query<Membership>(
    `SELECT m.id, m.email, m.name, m.role, m.account IS NOT NULL AS "hasAccount",
       ARRAY(SELECT t.name FROM longshore.team t JOIN longshore.team_member tm ON tm.team = t.id WHERE tm.member = m.id ORDER BY t.name) AS teams
     FROM longshore.member m WHERE m.organization = $1 AND m.left_at IS NULL ORDER BY m.id`, [organization.id])
  return rows
}

/** Where an account is a member: organizations' ids and roles, oldest membership first. */
export async function membershipsOf(tx: Transaction, account: string): Promise<{ organization: number; member: Member; role: string }[]> {
  const { rows } = await tx.query<{ organization: number; id: number; email: string; name: string; role: string }>(
    `SELECT m.organization, m.id, m.email, m.name, m.role FROM longshore.member m
     WHERE m.account = $1 AND m.left_at IS NULL ORDER BY m.id`, [account])
  return rows.map(({ organization, role, ...member }) => ({ organization, role, member }))
}

/** Whose records a member reaches by their role; null: all. Of nobody (the operator): all. */
export async function scopeOf(tx: Transaction, organization: Organization, member: number | null): Promise<number[] | null> {
  if (member === null) return null
  const { rows: [found] } = await tx.query<{ role: string }>('SELECT role FROM longshore.member WHERE organization = $1 AND id = $2', [organization.id, member])
  const role = found && await findRole(tx, organization, found.role)
  return role ? scopeOfRole(tx, role, member) : [member] // a role that is gone reaches no further than oneself
}

/** The same of a member whose role is known. */
export async function scopeOfRole(tx: Transaction, { scope }: Pick<Role, 'scope'>, member: number): Promise<number[] | null> {
  return scope === 'all' ? null : scope === 'own' ? [member] : teammates(tx, member)
}

/** Whether anybody at all can sign in. */
export async function anyAccount(tx: Transaction): Promise<boolean> {
  const { rows } = await tx.query('SELECT 1 FROM longshore.member WHERE account IS NOT NULL LIMIT 1')
  return rows.length > 0
}

/**
 * Makes an account a member. A member of that e-mail who has no account yet becomes theirs; the first account of all takes over the member that
 * a fresh install has, who owns what was imported so far.
 */
export async function joinOrganization(tx: Transaction, organization: Organization, { account, email, name, role, first }: { account: string; email: string; name: string; role: string; first: boolean }): Promise<number> {
  const { rows: [taken] } = await tx.query<{ id: number }>(
    `UPDATE longshore.member SET account = $2, name = $4, email = $3, role = $5, left_at = NULL
     WHERE id = (SELECT id FROM longshore.member WHERE organization = $1 AND (account IS NULL OR left_at IS NOT NULL) AND (lower(email) = lower($3) OR ($6 AND account IS NULL)) ORDER BY lower(email) = lower($3) DESC, id LIMIT 1)
     RETURNING id`, [organization.id, account, email, name, role, first])
  if (taken) return taken.id
  const { rows: [made] } = await tx.query<{ id: number }>('INSERT INTO longshore.member (organization, email, name, account, role) VALUES ($1, $2, $3, $4, $5) RETURNING id', [organization.id, email, name, account, role])
  return made?.id ?? 0
}

/** Locks the organization's members and says how many could still manage people if this one could not: an organization without one is nobody's. */
export async function otherAdmins(tx: Transaction, organization: Organization, member: number): Promise<number> {
  await tx.query('SELECT 1 FROM longshore.organization WHERE id = $1 FOR UPDATE', [organization.id])
  const { rows: [row] } = await tx.query<{ n: string }>(`SELECT count(*) AS n FROM longshore.member WHERE organization = $1 AND id <> $2 AND role = 'admin' AND account IS NOT NULL AND left_at IS NULL`, [organization.id, member])
  return Number(row?.n ?? 0)
}

export async function setRole(tx: Transaction, organization: Organization, member: number, role: string): Promise<boolean> {
  return (await tx.query('UPDATE longshore.member SET role = $3 WHERE organization = $1 AND id = $2 AND left_at IS NULL', [organization.id, member, role])).rowCount > 0
}

/** They can no longer sign in here or use their keys; what they own stays theirs. */
export async function leaveOrganization(tx: Transaction, organization: Organization, member: number): Promise<boolean> {
  const left = (await tx.query('UPDATE longshore.member SET left_at = now() WHERE organization = $1 AND id = $2 AND left_at IS NULL', [organization.id, member])).rowCount > 0
  if (left) await tx.query('UPDATE longshore.api_key SET revoked_at = now() WHERE organization = $1 AND member = $2 AND revoked_at IS NULL', [organization.id, member])
  return left
}

/** The teams of a member become these; teams that do not exist are made, and those that nobody is in any more go. */
export async function setTeams(tx: Transaction, organization: Organization, member: number, teams: readonly string[]): Promise<void> {
  await tx.query('INSERT INTO longshore.team (organization, name) SELECT $1, n FROM unnest($2::text[]) n ON CONFLICT DO NOTHING', [organization.id, teams])
  await tx.query('DELETE FROM longshore.team_member WHERE member = $1', [member])
  await tx.query('INSERT INTO longshore.team_member (team, member) SELECT id, $2 FROM longshore.team WHERE organization = $1 AND name = ANY($3)', [organization.id, member, teams])
  await tx.query('DELETE FROM longshore.team t WHERE organization = $1 AND NOT EXISTS (SELECT 1 FROM longshore.team_member tm WHERE tm.team = t.id)', [organization.id])
}

/** The member and everybody who shares a team with them. */
export async function teammates(tx: Transaction, member: number): Promise<number[]> {
  const { rows } = await tx.query<{ member: number }>('SELECT DISTINCT b.member FROM longshore.team_member a JOIN longshore.team_member b USING (team) WHERE a.member = $1', [member])
  return [...new Set([member, ...rows.map((row) => row.member)])].sort((a, b) => a - b)
}
