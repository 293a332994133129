import type { PhoneEvidence } from './phone-evidence.ts'
import type { Settled } from './settle-dates.ts'

/** Decides by which country numbers are read that name none, in rows that name none; `usual` is the organization's. Whoever was chosen is told: nobody sees it in a number. */
export function settlePhones(evidence: PhoneEvidence, usual: string | null): Settled {
  const home = evidence.homeless > 0 ? evidence.home() : null
  const country = home?.country ?? usual
  if (evidence.homeless === 0 || country === null) return { reading: {}, reason: null, question: null }
  const why = home?.reason ?? 'it is the usual here'
  return { reading: country === usual ? {} : { phones: country }, reason: `that name no country, nor does their row (${evidence.homeless}), are read as numbers of ${country}: ${why}`, question: null }
}
