/** What a column can become, the most frequent first; the server knows the same list. */
export const newFieldKinds = ['text', 'number', 'date', 'picklist', 'boolean', 'currency', 'percent', 'date-time', 'email', 'phone', 'url', 'long-text', 'multi-select', 'tags', 'external-id'] as const
