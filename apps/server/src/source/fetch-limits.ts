import type { FetchLimits } from '@longshore/connectors'

/** Limits of fetching that the operator has set; the others are the usual ones. */
export function fetchLimits(): Partial<FetchLimits> {
  const maxBytes = Number(process.env['LONGSHORE_URL_MAX_BYTES'])
  return Number.isSafeInteger(maxBytes) && maxBytes > 0 ? { maxBytes } : {}
}
