export type Setting =
  | { kind: 'text'; name: string; most: number; needed?: true; capital?: true }
  | { kind: 'choice'; name: string; options: readonly string[]; needed?: true }
  /** `usual`: what holds where nothing is set; absent: no limit. */
  | { kind: 'number'; name: string; least: number; usual?: number }

/** The settings as PATCH /v1/settings names them, in the order in which they are shown. */
export const settingGroups: readonly { name: 'habits' | 'times'; settings: readonly Setting[] }[] = [
  { name: 'habits', settings: [
    { kind: 'text', name: 'country', most: 2, needed: true, capital: true }, { kind: 'text', name: 'currency', most: 3, needed: true, capital: true },
    { kind: 'choice', name: 'dateOrder', options: ['dmy', 'mdy', 'ymd'] }, { kind: 'choice', name: 'decimal', options: ['.', ','] }, { kind: 'text', name: 'timeZone', most: 60 },
  ] },
  { name: 'times', settings: [{ kind: 'number', name: 'binDays', least: 1, usual: 30 }] },
]
