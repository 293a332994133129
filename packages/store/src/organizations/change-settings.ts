import { countryOf, currencyCodes, Fault, isTimeZone, hasNumberingPlan, limitPresets, parseDocument, tiers } from '@longshore/core'
import { z } from 'zod'
import { audit, type Doer } from '../people/audit.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import type { Organization, OrganizationSettings } from './organization.ts'

const days = z.int().min(1).max(3_650).nullable().optional()
const most = (largest: number) => z.int().min(1).max(largest).nullable().optional()
const mb = most(1_000_000)

/** What can be set, each by itself; null takes a setting away where it need not be. */
const patchSchema = z.strictObject({
  country: z.string().transform((text) => countryOf(text) ?? text).refine(hasNumberingPlan, { error: 'a country is named by its ISO code, such as "DE", or its name' }).optional(),
  currency: z.string().toUpperCase().refine((code) => currencyCodes.includes(code), { error: 'a currency is named by its ISO code, such as "EUR"' }).optional(),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).nullable().optional(),
  decimal: z.enum(['.', ',']).nullable().optional(),
  timeZone: z.string().refine(isTimeZone, { error: 'a time zone is named as in "Europe/Berlin" or "UTC"' }).nullable().optional(),
  binDays: days, undoDays: days, draftDays: days, historyDays: days, keyDays: days,
  /** All limits at once; those that are named beside it go before. */
  preset: z.enum(['standard', 'none']).optional(),
  maxCsvMb: mb, maxExcelMb: mb, maxJsonMb: mb, maxVcardMb: mb, maxParquetMb: mb, maxRows: most(1_000_000_000), maxMappings: most(10_000), maxImports: most(1_000), tier: z.enum(tiers).nullable().optional(),
})

export async function loadSettings(tx: Transaction, organization: Pick<Organization, 'id'>): Promise<OrganizationSettings> {
  const { rows: [row] } = await tx.query<{ settings: OrganizationSettings }>('SELECT settings FROM longshore.organization WHERE id = $1', [organization.id])
  if (!row) throw new Fault('organization.unknown', `There is no organization ${organization.id} any more.`, { remedy: 'stop' })
  return row.settings
}

/** Changes settings; jobs that are there already keep those they were made with. Throws a Fault `settings.invalid` with the setting that is off. */
export async function changeSettings(db: Database, organization: Organization, patch: unknown, by: Doer = { member: null, apiKey: null }): Promise<OrganizationSettings> {
  const { preset, ...single } = parseDocument(patchSchema, patch, { noun: 'settings', code: 'settings.invalid', remedy: 'refuse', example: '{"country":"DE","dateOrder":"dmy"}' })
  const wanted = Object.entries({ ...(preset === undefined ? {} : limitPresets[preset]), ...Object.fromEntries(Object.entries(single).filter(([, value]) => value !== undefined)) })
  return db.transaction(null, async (tx) => {
    await tx.query('UPDATE longshore.organization SET settings = jsonb_strip_nulls(settings || $2::jsonb) WHERE id = $1', [organization.id, JSON.stringify(Object.fromEntries(wanted))])
    await audit(tx, organization, by, { act: 'settings.change', details: { settings: wanted.map(([name]) => name) } })
    return loadSettings(tx, organization)
  })
}
