import type { SourceFormat } from '../ports/source-layout.ts'

/** What the API for bulk imports takes, by tier. */
export const tiers = ['starter', 'professional', 'enterprise'] as const
export type Tier = (typeof tiers)[number]

/** Records in one request, and requests in a minute. */
export const tierRates: Readonly<Record<Tier, { records: number; requests: number }>> = {
  starter: { records: 1_000, requests: 10 },
  professional: { records: 5_000, requests: 30 },
  enterprise: { records: 10_000, requests: 60 },
}

/** Records in one request where no tier is set. */
export const mostBulkRecords = 10_000

/** What an organization may do at most: whole numbers from 1. What is absent has no limit. */
export interface Limits {
  /** Size of a file as it is sent, by what it is; in MB of 1,048,576 bytes. */
  maxCsvMb?: number
  /** Workbooks and tables of web pages. */
  maxExcelMb?: number
  /** JSON and NDJSON. */
  maxJsonMb?: number
  maxVcardMb?: number
  maxParquetMb?: number
  /** Rows of one import. */
  maxRows?: number
  /** Columns of one import that go to a field. */
  maxMappings?: number
  /** Imports that write at a time; more are queued. */
  maxImports?: number
  tier?: Tier
}

export const limitNames = ['maxCsvMb', 'maxExcelMb', 'maxJsonMb', 'maxVcardMb', 'maxParquetMb', 'maxRows', 'maxMappings', 'maxImports', 'tier'] as const satisfies readonly (keyof Limits)[]

/** Limits that go together, by name: `none` takes all of them away. */
export const limitPresets: Readonly<Record<'standard' | 'none', { [Name in keyof Limits]-?: Limits[Name] | null }>> = {
  standard: { maxCsvMb: 50, maxExcelMb: 50, maxJsonMb: 25, maxVcardMb: 10, maxParquetMb: 50, maxRows: 100_000, maxMappings: 200, maxImports: 3, tier: 'professional' },
  none: { maxCsvMb: null, maxExcelMb: null, maxJsonMb: null, maxVcardMb: null, maxParquetMb: null, maxRows: null, maxMappings: null, maxImports: null, tier: null },
}

const mb = 1024 * 1024

const limitOfFormat: Readonly<Record<SourceFormat, 'maxCsvMb' | 'maxExcelMb' | 'maxJsonMb' | 'maxVcardMb' | 'maxParquetMb'>> = {
  csv: 'maxCsvMb', xlsx: 'maxExcelMb', xls: 'maxExcelMb', 'xml-spreadsheet': 'maxExcelMb', html: 'maxExcelMb', json: 'maxJsonMb', ndjson: 'maxJsonMb', vcard: 'maxVcardMb', parquet: 'maxParquetMb',
}

/** Bytes that a file of the format may have; null: any number. */
export function mostBytesOf(limits: Limits, format: SourceFormat): number | null {
  const most = limits[limitOfFormat[format]]
  return most === undefined ? null : most * mb
}

/** Bytes that a file may have whose format is not known yet; null: any number. */
export function mostBytesOfAny(limits: Limits): number | null {
  const all = Object.values(limitOfFormat).map((name) => limits[name])
  return all.includes(undefined) ? null : Math.max(...all.map((most) => most ?? 0)) * mb
}
