import { Fault, mayOn, takesAway } from '@longshore/core'
import type { ImportDefinition, Mapping, ObjectRight, OrganizationRight } from '@longshore/core'
import type { Actor } from '../../actor.ts'
import { demandRight, lacking } from '../../actor.ts'

/**
 * Refuses an import that would do what its actor may not, before there is a job: what it writes beside its own object, what it takes away, and
 * fields that only some may fill. Whether it may make fields is asked before they are planned, by `refuseNewFields`.
 */
export function refuseBeyondRights(actor: Actor, definition: ImportDefinition, mapping: Mapping): void {
  demandRight(actor, 'import', mapping.object.name)
  if (takesAway(definition.operation)) demandRight(actor, 'delete', mapping.object.name)
  if (definition.operation === 'hard-delete') demand(actor, 'hard-delete', 'delete records for good')
  const audited = mapping.targets.find(({ field, reference }) => (reference === null || definition.existingReference === 'update') && (field.audit === true || field.kind === 'owner'))
  if (audited && !takesAway(definition.operation)) demand(actor, 'set-audit-fields', `fill the field ${audited.path} by a file`)
  for (const { object, reference } of mapping.targets) {
    if (reference === null) continue
    if (definition.missingReference === 'create') demandOn(actor, 'import', object.name, { does: `makes missing ${object.name}`, instead: 'Set missing references to "error" or "blank".', path: 'missingReference' })
    if (definition.existingReference === 'update') demandOn(actor, 'import', object.name, { does: `changes the ${object.name} that rows refer to`, instead: 'Set existing references to "leave".', path: 'existingReference' })
  }
}

/** Refuses fields that the actor may not make. */
export function refuseNewFields(actor: Actor, [first]: readonly { label?: string | undefined }[]): void {
  if (first && !actor.role.rights.includes('schema')) throw new Fault('access.denied', `This import would make the field "${first.label ?? ''}", and the role "${actor.role.name}" may not change objects and fields. Ask an admin of ${actor.organization.name} for it, or leave the column out.`)
}

function demand(actor: Actor, right: OrganizationRight, what: string): void {
  if (!actor.role.rights.includes(right)) throw new Fault('access.denied', `To ${what} needs the right "${right}", ${lacking(actor)}`)
}

function demandOn(actor: Actor, right: ObjectRight, object: string, { does, instead, path }: { does: string; instead: string; path: string }): void {
  if (!mayOn(actor.role, right, object)) throw new Fault('access.denied', `This import ${does}, which needs the right to ${right} ${object}; the role "${actor.role.name}" does not have it. ${instead}`, { path })
}
