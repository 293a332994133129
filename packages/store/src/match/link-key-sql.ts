import { partsOfLinkKey } from '@longshore/core'
import type { MatchKeyRule, ObjectType } from '@longshore/core'

/**
 * SQL for a link key: 64 bits of a hash over the ids that the references lead to, and the texts, letter case aside. Null where a reference is
 * empty. Written so that PostgreSQL takes it for a generated column: the same ids and texts give the same key anywhere and always.
 */
export function linkKeySql(object: ObjectType, { criterion }: Pick<MatchKeyRule, 'criterion'>, value: (field: string) => string): string {
  const { references, texts } = partsOfLinkKey(object, criterion)
  const parts = [...references.map((name) => `(${value(name)})::text`), ...texts.map((name) => `lower(coalesce(${value(name)}, ''))`)]
  return `('x' || substr(md5(${parts.join(` || '>' || `)}), 1, 16))::bit(64)::bigint`
}
