import {
  apiKeyBodySchema, apiKeyParams, apiKeysSchema, auditPageSchema, invitationParams, invitationsSchema, invitedSchema, inviteSchema, memberChangeSchema, memberParams, memberSchema, membersSchema, newApiKeySchema,
  pageQuery, teamsSchema, roleBodySchema, roleParams, roleSchema, rolesSchema,
} from '@longshore/contract'
import type { RoleAnswer } from '@longshore/contract'
import type { Role } from '@longshore/core'
import { z } from 'zod'
import { signedIn, withRight } from '../permission.ts'
import { route } from '../route.ts'

const tag = 'people'

/** Members, invitations, roles, API keys, and what was done. */
export const peopleRoutes = [
  route({
    method: 'GET', path: '/v1/members', tag, summary: 'Everybody in the organization: they can own records', permission: signedIn, answer: membersSchema,
    call: async ({ longshore }) => ({ members: await longshore.people.members() }),
  }),
  route({
    method: 'GET', path: '/v1/teams', tag, summary: 'Teams with their members; PATCH a member to change theirs', permission: signedIn, answer: teamsSchema,
    call: async ({ longshore }) => ({ teams: await longshore.people.teams() }),
  }),
  route({
    method: 'PATCH', path: '/v1/members/:member', tag, summary: 'Give a member another role or other teams; it holds from their next request on',
    permission: withRight('people'), params: memberParams, body: memberChangeSchema, answer: memberSchema,
    call: ({ longshore, params, body }) => longshore.people.changeMember(params.member, body),
  }),
  route({
    method: 'DELETE', path: '/v1/members/:member', tag, summary: 'Remove a member; what they own stays theirs', permission: withRight('people'), params: memberParams,
    call: ({ longshore, params }) => longshore.people.removeMember(params.member),
  }),
  route({
    method: 'GET', path: '/v1/invitations', tag, summary: 'Invitations that can still be accepted', permission: withRight('people'), answer: invitationsSchema,
    call: async ({ longshore }) => ({ invitations: await longshore.people.invitations() }),
  }),
  route({
    method: 'POST', path: '/v1/invitations', tag, summary: 'Invite somebody; the answer has the path of the link, this once', status: 201, permission: withRight('people'), body: inviteSchema, answer: invitedSchema,
    call: ({ longshore, body }) => longshore.people.invite(body),
    present: ({ invitation, secret }) => ({ ...invitation, path: `/invitation#${secret}` }),
  }),
  route({
    method: 'DELETE', path: '/v1/invitations/:invitation', tag, summary: 'Withdraw an invitation', permission: withRight('people'), params: invitationParams,
    call: ({ longshore, params }) => longshore.people.withdraw(params.invitation),
  }),
  route({
    method: 'GET', path: '/v1/roles', tag, summary: 'All roles with what they may do', permission: signedIn, answer: rolesSchema,
    call: ({ longshore }) => longshore.people.roles(),
    present: (roles) => ({ roles: roles.map(presentRole) }),
  }),
  route({
    method: 'PUT', path: '/v1/roles/:role', tag, summary: 'Make a role of the organization\'s own, or change it for all its members at once', permission: withRight('people'), params: roleParams, body: roleBodySchema, answer: roleSchema,
    call: ({ longshore, params, body }) => longshore.people.putRole({ name: params.role, ...body }),
    present: presentRole,
  }),
  route({
    method: 'DELETE', path: '/v1/roles/:role', tag, summary: 'Remove a role that nobody has', permission: withRight('people'), params: roleParams,
    call: ({ longshore, params }) => longshore.people.dropRole(params.role),
  }),
  route({
    method: 'GET', path: '/v1/keys', tag, summary: 'API keys of one\'s own; with the right to people and all=true, everybody\'s', permission: signedIn, query: z.strictObject({ all: z.stringbool().default(false) }), answer: apiKeysSchema,
    call: async ({ longshore, query, actor }) => ({ keys: (await longshore.people.keys({ everybody: query.all && actor.role.rights.includes('people') })).map((key) => ({ ...key, access: presentAccess(key.access) })) }),
  }),
  route({
    method: 'POST', path: '/v1/keys', tag, summary: 'Make an API key; the answer has the key itself, this once', status: 201, permission: signedIn, body: apiKeyBodySchema, answer: newApiKeySchema,
    call: ({ longshore, body: { name, days, access = null, password } }) => longshore.people.createKey({ name, days, access, password }),
    present: ({ apiKey, key }) => ({ ...apiKey, access: presentAccess(apiKey.access), key }),
  }),
  route({
    method: 'DELETE', path: '/v1/keys/:key', tag, summary: 'Revoke an API key: its next request is refused', permission: signedIn, params: apiKeyParams,
    call: ({ longshore, params, actor }) => longshore.people.revokeKey(params.key, { everybody: actor.role.rights.includes('people') }),
  }),
  route({
    method: 'GET', path: '/v1/audit-log', tag, summary: 'What was done, by whom, newest first', permission: withRight('audit-log'), query: z.strictObject(pageQuery), answer: auditPageSchema,
    call: ({ longshore, query }) => longshore.people.auditLog(query),
  }),
]

function presentRole(role: Role): RoleAnswer {
  return { ...role, ...presentAccess(role), hiddenFields: Object.fromEntries(Object.entries(role.hiddenFields).map(([object, fields]) => [object, [...fields]])) }
}

function presentAccess({ rights, objects }: Pick<Role, 'rights' | 'objects'>): Pick<RoleAnswer, 'rights' | 'objects'> {
  return { rights: [...rights], objects: Object.fromEntries(Object.entries(objects).map(([object, allowed]) => [object, [...allowed]])) }
}
