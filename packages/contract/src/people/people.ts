import { objectRights, organizationRights, recordScopes } from '@longshore/core'
import { z } from 'zod'
import { pageOf } from '../paging/paging.ts'

export const emailSchema = z.string().trim().max(254).regex(/^[^\s@<>()",;]+@[^\s@<>()",;]+$/, 'is no e-mail address, such as ada@example.com')
const password = z.string().min(1).max(200)
const roleName = z.string().regex(/^[a-z][a-z0-9-]{0,47}$/, 'is no name of a role: small letters, digits and hyphens, such as "read-only"')
const secret = z.string().min(20).max(200)

export const signInSchema = z.strictObject({ email: emailSchema, password }).meta({ id: 'SignIn' })
export const passwordChangeSchema = z.strictObject({ current: password, next: password }).meta({ id: 'PasswordChange' })

export const memberSchema = z.object({
  id: z.int(), email: z.string(), name: z.string(), role: z.string(),
  /** Whether they can sign in; others own records only. */
  hasAccount: z.boolean(),
  teams: z.array(z.string()),
}).meta({ id: 'Member' })
export const membersSchema = z.object({ members: z.array(memberSchema) }).meta({ id: 'Members' })
export const memberChangeSchema = z.strictObject({ role: roleName.optional(), teams: z.array(z.string().trim().min(1).max(80)).max(50).optional() }).meta({ id: 'MemberChange' })
export const memberParams = z.strictObject({ member: z.coerce.number().int().min(1) })

export const invitationSchema = z.object({ id: z.int(), email: z.string().nullable(), role: z.string(), createdAt: z.string(), expiresAt: z.string() }).meta({ id: 'Invitation' })
export const invitationsSchema = z.object({ invitations: z.array(invitationSchema) }).meta({ id: 'Invitations' })
export const inviteSchema = z.strictObject({ email: emailSchema, role: roleName }).meta({ id: 'Invite' })
/** `path`: where the person goes, on this server; its secret is shown this once. */
export const invitedSchema = invitationSchema.extend({ path: z.string() }).meta({ id: 'Invited' })
export const invitationSecretSchema = z.strictObject({ secret }).meta({ id: 'InvitationSecret' })
export const invitationLookSchema = z.object({ email: z.string().nullable(), role: z.string(), organization: z.string(), expiresAt: z.string() }).meta({ id: 'InvitationLook' })
/** `email`: where the invitation names none. */
export const acceptSchema = z.strictObject({ secret, name: z.string().trim().min(1).max(200), password, email: emailSchema.optional() }).meta({ id: 'Accept' })
export const invitationParams = z.strictObject({ invitation: z.coerce.number().int().min(1) })

const objects = z.record(z.string().max(80), z.array(z.enum(objectRights)))
export const roleSchema = z.strictObject({
  name: roleName,
  label: z.string().trim().min(1).max(80),
  rights: z.array(z.enum(organizationRights)),
  /** By API name of the object; `*` holds for objects that are not named. */
  objects,
  /** Fields that its members neither see nor fill, by API name of the object. */
  hiddenFields: z.record(z.string().max(80), z.array(z.string().max(80))),
  scope: z.enum(recordScopes),
}).meta({ id: 'Role' })
export const roleBodySchema = roleSchema.omit({ name: true }).meta({ id: 'RoleBody' })
export const rolesSchema = z.object({ roles: z.array(roleSchema) }).meta({ id: 'Roles' })
export const roleParams = z.strictObject({ role: roleName })

const access = z.object({ rights: z.array(z.enum(organizationRights)), objects })
export const apiKeySchema = z.object({
  id: z.int(), member: z.int(), name: z.string(), prefix: z.string(), access, createdAt: z.string(), expiresAt: z.string(), lastUsedAt: z.string().nullable(),
}).meta({ id: 'ApiKey' })
export const apiKeysSchema = z.object({ keys: z.array(apiKeySchema) }).meta({ id: 'ApiKeys' })
/** `key`: shown this once. */
export const newApiKeySchema = apiKeySchema.extend({ key: z.string() }).meta({ id: 'NewApiKey' })
export const apiKeyBodySchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** Until it ends. */
  days: z.int().min(1).max(366).default(90),
  /** What it may do at most; absent: whatever its member may. */
  access: z.strictObject({ rights: z.array(z.enum(organizationRights)).default([]), objects: objects.default({}) }).optional(),
  /** Of whoever makes it, once more. */
  password,
}).meta({ id: 'ApiKeyBody' })
export const apiKeyParams = z.strictObject({ key: z.coerce.number().int().min(1) })

export const auditEntrySchema = z.object({ id: z.string(), at: z.string(), member: z.int().nullable(), apiKey: z.int().nullable(), act: z.string(), target: z.string().nullable(), details: z.record(z.string(), z.unknown()) }).meta({ id: 'AuditEntry' })
export const auditPageSchema = pageOf('AuditPage', auditEntrySchema)

export type MemberAnswer = z.output<typeof memberSchema>
export type RoleAnswer = z.output<typeof roleSchema>
export type ApiKeyAnswer = z.output<typeof apiKeySchema>
export type InvitationAnswer = z.output<typeof invitationSchema>
