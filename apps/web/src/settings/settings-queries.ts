import { queryOptions } from '@tanstack/react-query'
import type { ApiKeyAnswer, InvitationAnswer, MemberAnswer, RoleAnswer } from '@longshore/contract'
import { get } from '../client/api.ts'

export const settingsQuery = queryOptions({ queryKey: ['settings'], queryFn: ({ signal }) => get<Record<string, string | number | undefined>>('/v1/settings', {}, signal) })
export const membersQuery = queryOptions({ queryKey: ['members'], queryFn: async ({ signal }) => (await get<{ members: MemberAnswer[] }>('/v1/members', {}, signal)).members })
export const invitationsQuery = queryOptions({ queryKey: ['invitations'], queryFn: async ({ signal }) => (await get<{ invitations: InvitationAnswer[] }>('/v1/invitations', {}, signal)).invitations })
export const rolesQuery = queryOptions({ queryKey: ['roles'], queryFn: async ({ signal }) => (await get<{ roles: RoleAnswer[] }>('/v1/roles', {}, signal)).roles })
export const keysQuery = queryOptions({ queryKey: ['keys'], queryFn: async ({ signal }) => (await get<{ keys: ApiKeyAnswer[] }>('/v1/keys', {}, signal)).keys })
export const schemaQuery = queryOptions({ queryKey: ['schema'], queryFn: async ({ signal }) => (await get<{ objects: ObjectDocument[] }>('/v1/schema', {}, signal)).objects })

/** An object as a schema document has it; what the pages do not speak of is left alone by sending changes only. */
export interface ObjectDocument { name: string; label: string; pluralLabel: string; custom?: boolean; fields: FieldDocument[]; rules?: RuleDocument[]; matchKeys?: (string | { criterion: string; passing?: true })[] }
export interface FieldDocument {
  name: string; label: string; kind: string; required?: boolean; custom?: boolean; companionOf?: string; audit?: boolean; virtual?: string
  options?: { value: string; label?: string; active?: boolean }[]; restricted?: boolean; default?: string; help?: string; min?: string; max?: string; maxLength?: number; targets?: string[]
}
export interface RuleDocument {
  name: string
  check: { kind: 'required'; field: string } | { kind: 'compare'; field: string; operator: string; other: string } | { kind: 'pattern'; field: string; pattern: string } | { kind: 'range'; field: string; min?: string; max?: string }
  when?: { field: string; equals: string[] } | { field: string; filled: boolean }
  message?: string
  severity?: 'error' | 'warning'
}
