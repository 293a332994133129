/**
 * The words of a header, each by what it stands for. An *attribute* is what the column holds; an *entity* whose it is; a *kind* which of
 * several (work, home, billing); an *aspect* what about it (its id, its date); `none` is a thing that no standard object has a field for,
 * so that a column named after it is left alone with certainty; `fill` says nothing.
 */
export const attributes = [
  'first_name', 'last_name', 'full_name', 'name', 'salutation', 'title', 'job', 'department', 'email', 'phone', 'mobile', 'fax', 'website', 'linkedin',
  'address', 'street', 'street2', 'city', 'state', 'zip', 'country', 'location', 'birth', 'notes', 'description', 'source', 'campaign', 'owner',
  'created', 'updated', 'joined', 'optout', 'tags', 'groups', 'status', 'stage', 'rating', 'industry', 'employees', 'revenue', 'domain', 'account_number',
  'external_id', 'sku', 'price', 'cost', 'currency', 'amount', 'quantity', 'unit', 'tax', 'category', 'pipeline', 'close', 'probability', 'next_step',
  'subject', 'due', 'start', 'end', 'duration', 'priority', 'type', 'none',
] as const
export const entities = ['company', 'person', 'customer', 'lead', 'deal', 'product', 'activity', 'user', 'parent', 'vendor', 'foreign'] as const
export const kinds = ['work', 'home', 'other', 'main', 'second', 'direct', 'billing', 'shipping', 'mailing', 'site'] as const
export const aspects = ['id', 'number', 'date', 'time', 'url', 'count', 'last', 'first', 'fill'] as const

export type Attribute = (typeof attributes)[number]
export type Entity = (typeof entities)[number]
export type Kind = (typeof kinds)[number]
export type Aspect = (typeof aspects)[number]
export type Word = Attribute | Entity | Kind | Aspect

/** The header words of one language: for each meaning the phrases that stand for it, separated by `|`. A phrase may have several meanings. */
export type Lexicon = Partial<Record<Word, string>>
