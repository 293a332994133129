import type { FieldAnswer, RecordDetailsAnswer } from '@longshore/contract'

type Read = Pick<RecordDetailsAnswer, 'values'>

/** The labels of the fields whose value is another one by now. */
export function changedMeanwhile(fields: readonly Pick<FieldAnswer, 'name' | 'label'>[], before: Read, now: Read): string[] {
  return fields.filter(({ name }) => (before.values[name] ?? null) !== (now.values[name] ?? null)).map(({ label }) => label)
}
