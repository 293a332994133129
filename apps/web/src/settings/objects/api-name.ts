/** The API name that a label suggests: small letters, digits and underscores; '' where it has none of them. */
export function apiName(label: string): string {
  return label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '').slice(0, 48)
}
