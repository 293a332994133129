export type Setting =
  | { kind: 'text'; name: string; most: number; needed?: true }
  | { kind: 'choice'; name: string; options: readonly string[]; needed?: true }
  /** `usual`: what holds where nothing is set; absent: no limit. */
  | { kind: 'number'; name: string; least: number; usual?: number }

/** The settings as PATCH /v1/settings names them, in the order in which they are shown. */
export const settingGroups: readonly { name: 'habits' | 'times' | 'limits'; settings: readonly Setting[] }[] = [
  { name: 'habits', settings: [
    { kind: 'text', name: 'country', most: 60, needed: true }, { kind: 'text', name: 'currency', most: 60, needed: true },
    { kind: 'choice', name: 'dateOrder', options: ['dmy', 'mdy', 'ymd'] }, { kind: 'choice', name: 'decimal', options: ['.', ','] }, { kind: 'text', name: 'timeZone', most: 60 },
  ] },
  { name: 'times', settings: [
    { kind: 'number', name: 'binDays', least: 1, usual: 30 }, { kind: 'number', name: 'undoDays', least: 1, usual: 30 }, { kind: 'number', name: 'draftDays', least: 1, usual: 30 }, { kind: 'number', name: 'historyDays', least: 1, usual: 90 }, { kind: 'number', name: 'keyDays', least: 1, usual: 90 },
  ] },
  { name: 'limits', settings: [
    ...['maxCsvMb', 'maxExcelMb', 'maxJsonMb', 'maxVcardMb', 'maxParquetMb', 'maxRows', 'maxMappings', 'maxImports'].map((name): Setting => ({ kind: 'number', name, least: 1 })),
    { kind: 'choice', name: 'tier', options: ['starter', 'professional', 'enterprise'] },
  ] },
]
