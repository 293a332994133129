import type { FieldAnswer, ObjectAnswer, ReviewAnswer } from '@longshore/contract'

/** Fields of an object that tell records apart and that a merge can take from either side. */
export function comparedFields(object: ObjectAnswer | undefined): FieldAnswer[] {
  return (object?.fields ?? []).filter((field) => field.companionOf === undefined && (field.editable || field.kind === 'reference'))
}

/** Pairs that contradict each other in no field: whatever differs, one side leaves empty, so that a merge loses nothing. */
export function agreeingPairs(pairs: readonly ReviewAnswer[], objects: readonly ObjectAnswer[]): ReviewAnswer[] {
  return pairs.filter((pair) => {
    const fields = comparedFields(objects.find(({ name }) => name === pair.object))
    return fields.length > 0 && fields.every(({ name }) => {
      const one = pair.record.values[name] ?? null, other = pair.other.values[name] ?? null
      return one === null || other === null || one === other
    })
  })
}
