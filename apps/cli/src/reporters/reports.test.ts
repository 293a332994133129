import { describe, expect, it } from 'vitest'
import type { JobSummary } from '@longshore/server'
import { noCounts, outcomes, sumOf } from '@longshore/core'
import { importSummary, undoSummary } from '../testing/summaries.ts'
import { jobJson } from './job-json.ts'
import { jobList } from './job-list.ts'
import { jobReport } from './job-report.ts'
import { progressBar, progressLine } from './progress-bar.ts'
import { duration } from './quantity.ts'
import { table } from './table.ts'
import { undoPreviewReport } from './undo-preview-report.ts'
import { visible } from './visible.ts'

const escape = '\u001b'

describe('report of a job', () => {
  it('says what happened to every row, what was found, where the files are and how to take it back', () => {
    expect(jobReport(importSummary())).toBe(`Job 7: insert into contacts from people.csv: done (0.5 s, 2,468 rows/s)

   1,234 rows
   1,200 created
      20 skipped: already there, twice in the file, or nothing to change
      14 failed: see below and the error report
  For their references: 88 in accounts.
  3 warnings; these rows went on.

What was found
  error, row 14, column "E-mail" (9 times; the first:) "bob@" is not an e-mail address.

Result files
  /data/results/7-results.csv
  /data/results/7-errors.csv
  The error report can be corrected and imported again as it is.

Take it back with: longshore undo 7    (look first: longshore undo 7 --preview)
`)
  })

  it('offers the way back where only records that rows refer to were changed', () => {
    const counts = { ...noCounts(), skipped: 2 }
    expect(jobReport(importSummary({ rows: 2, counts, warnings: 0, related: {}, issues: [] }))).toContain('Nothing was changed, so there is nothing to take back.')
    const asides: Partial<JobSummary>[] = [{ related: {}, relatedChanged: { accounts: 1 } }, { related: { accounts: 1 } }]
    for (const aside of asides) {
      const report = jobReport(importSummary({ rows: 2, counts, warnings: 0, issues: [], ...aside }))
      expect(report).toContain('longshore undo 7')
      expect(report).not.toContain('Nothing was changed')
    }
  })

  it('of a plan shows rows as they will stand, diffs, and how to apply it', () => {
    expect(jobReport(importSummary({
      state: 'planned', figures: 'planned', seconds: 0, rowsPerSecond: 0, rows: 2, counts: { ...noCounts(), created: 1, updated: 1 }, warnings: 0, related: { accounts: 1 }, results: [], issues: [],
      preview: {
        firstRows: [{ row: 2, outcome: 'created', record: null, values: { last_name: 'Sample', email: null } }],
        diffs: [{ row: 3, record: '17', name: 'Ada Lovelace', fields: { phone: { from: null, to: '+14045550100' }, title: { from: 'Clerk', to: 'Head' }, account: { from: '8', to: '16', fromName: 'Acme', toName: null } } }], relatedDiffs: [],
        issues: [],
      },
    }))).toBe(`Job 7: insert into contacts from people.csv: planned

       2 rows
       1 will be created
       1 will be updated
  For their references it will make: 1 in accounts.

The first rows as they will stand
  row 2, created
    last_name: Sample

What changes on existing records
  row 3, Ada Lovelace, record 17
    phone: (empty) → +14045550100
    title: Clerk → Head
    account: Acme → 16

Nothing has been written yet. Apply it with: longshore apply 7
`)
  })

  it('of an undo says what was kept and how to take it back', () => {
    const report = jobReport(undoSummary({ kept: 2, counts: { ...noCounts(), deleted: 1_198, skipped: 2 } }))
    expect(report).toMatch(/undo of job 7 \(contacts\): done/)
    expect(report).toMatch(/ 1,198 moved to the bin\n +2 kept as they are/)
    expect(report).toMatch(/2 records kept.*To take these, too: longshore undo \d+, then longshore undo \d+ --everything/)
    expect(report).toMatch(/Take the undo back with: longshore undo 8/)
  })

  it.each([
    ['paused', /Go on with: longshore resume 7/],
    ['failed', /The database went away[^]*longshore resume 7/],
    ['undone', /undone by job 9\. Take the undo back with: longshore undo 9/],
  ] as const)('of a job that is %s says what to do next', (state, words) => {
    expect(jobReport(importSummary({ state, undoneBy: state === 'undone' ? 9 : null, error: state === 'failed' ? { code: 'db.unreachable', message: 'The database went away.' } : null }))).toMatch(words)
  })

  it('of a job that was cut off says that it was, what is done so far of how many rows, and how it goes on', () => {
    const cut = importSummary({ job: 18, state: 'running', interrupted: true, figures: 'so-far', seconds: 0, rowsPerSecond: 0, rows: 200, counts: { ...noCounts(), created: 170, failed: 6 }, warnings: 0, related: {}, results: [], issues: [] })
    expect(jobReport(cut)).toBe(`Job 18: insert into contacts from people.csv: interrupted, for its process is gone

     200 rows
     170 created so far
       6 failed so far: see below
      24 not done yet

Go on with: longshore resume 18
`)
    expect(jobList([cut])).toMatch(/interrupted +200 +170[^]*once they began, what is done so far[^]*Job 18 was interrupted: its process is gone\. Go on with: longshore resume 18\n$/)
    expect(jobList([importSummary()])).not.toMatch(/so far|interrupted/)
    expect(jobJson(cut)).toMatchObject({ state: 'running', interrupted: true, figures: 'so-far', rows: 200, created: 170, failed: 6 })
  })

  it('lists every outcome, so that the numbers add up to the rows', () => {
    const counts = { created: 1, updated: 2, deleted: 3, skipped: 4, flagged: 5, failed: 6, excluded: 7 }
    const lines = jobReport(importSummary({ rows: sumOf(counts), counts, warnings: 0, related: {}, issues: [] })).split('\n\n')[1]?.split('\n') ?? []
    const [rows, ...parts] = lines.map((line) => Number(/^ *(\d+) /.exec(line)?.[1]))
    expect([rows, parts.length, parts.reduce((sum, part) => sum + part, 0)]).toEqual([28, outcomes.length, 28])
  })

  it('shows ten groups of issues and counts the rest', () => {
    const issues = Array.from({ length: 13 }, (_, number) => ({ code: 'x', severity: 'error', column: null, count: 1, example: `issue ${number}` }))
    expect(jobReport(importSummary({ issues })).match(/ {2}error issue|and 3 more kinds/g)).toHaveLength(11)
  })

  it('says what a value that is no option can become, and of a list that it is meant as a whole', () => {
    const unknown = (value: string, nearest: string | null = null) => ({ column: 'Interests', field: 'interests', value, count: 2, nearest })
    const report = jobReport(importSummary({ unknownValues: [unknown('Fiar', 'Fair'), unknown('Call'), unknown('A;B')] }))
    expect(report.split('\n').filter((line) => line.includes('--map-value'))).toEqual([
      '  2 rows: --map-value "Interests:Fiar=Fair"', '  2 rows: --map-value "Interests:Call=" with an option, or nothing for an empty cell',
      '  2 rows: --map-value "Interests:A;B=" with options for the whole list, joined by ";", or nothing for an empty cell',
    ])
  })

  it('tells columns that are not sure from those without a field, and is silent of empty ones and those left out by hand', () => {
    const column = (header: string, position: number, given: object = {}) => ({ header, flagName: header, position, values: 1, suggested: null, byHand: false, ...given })
    const lines = jobReport(importSummary({ leftOut: [
      column('Emial', 2, { values: 12, suggested: 'email' }), column('a=b', 3, { flagName: '#3', suggested: 'phone' }), column('Mood', 4, { values: 1000 }), column('', 5), column('Kind', 6, { values: 0 }), column('Pager', 7, { values: 0, suggested: 'phone' }), column('Spare', 8, { byHand: true }),
    ] })).split('\n').filter((line) => line.startsWith('  Left out'))
    expect(lines).toEqual([
      '  Left out, because it is not sure (values as counted in a sample): "Emial" (#2, 12 values) would be email. Confirm with --map "Emial=email".',
      '  Left out, because it is not sure (values as counted in a sample): "a=b" (#3, 1 value) would be phone. Confirm with --map "#3=phone".',
      '  Left out, because no field that is still free takes them (values as counted in a sample): "Mood" (#4, 1,000 values or more), (#5, 1 value). Give one a field with --map "Header=field".',
    ])
    expect(jobReport(importSummary({ leftOut: [column('Kind', 6, { values: 0 })] }))).not.toContain('How the file was taken')
    expect(jobReport(importSummary({ leftOut: [column('Mood', 4, { values: null })] }))).toContain('still free takes them: "Mood" (#4). Give')
  })

  it('lets nothing from a file steer the terminal', () => {
    const evil = `${escape}[2J${escape}]0;x\u0007\u202Egnp\n\r`
    const report = jobReport(importSummary({
      state: 'planned', source: `/x/${evil}`, object: evil, operation: evil, related: { [evil]: 1 }, results: [`/y/${evil}`], error: { code: 'x', message: evil },
      issues: [{ code: evil, severity: 'error', column: evil, count: 1, example: evil, row: 2 }],
      preview: { firstRows: [{ row: 2, outcome: evil, record: evil, values: { [evil]: evil } }], diffs: [{ row: 2, record: evil, name: evil, fields: { [evil]: { from: evil, to: evil, fromName: evil, toName: evil } } }], relatedDiffs: [{ object: evil, row: 2, record: evil, name: evil, fields: { [evil]: { from: evil, to: evil } } }], issues: [] },
    }))
    expect(report.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(report.split('\n').every((line) => !line.startsWith('gnp'))).toBe(true)
  })
})

describe('preview of an undo', () => {
  const preview = { job: 7, object: 'contacts', binned: 1_200, restored: 3, revived: 0, related: { accounts: 88 }, kept: [], keptCount: 0, keptFor: {} }

  it('says what would be binned, restored and kept', () => {
    expect(undoPreviewReport(preview, false)).toBe(`Undo of job 7 (contacts) would do this
   1,200 records move to the bin
       3 records get their former values back
       0 deleted records come back
       0 records stay as they are, at least in part
  Along with them, of other objects: 88 accounts.

Nothing has been changed yet. Undo it with: longshore undo 7
`)
  })

  it('lists what stays with its reason, and the flag that takes it too', () => {
    const kept = Array.from({ length: 25 }, (_, number) => ({ object: 'contacts', record: String(number), name: number === 0 ? 'Ada Lovelace' : null, row: number + 2, fields: ['phone'], reason: 'edited-since' }))
    const report = undoPreviewReport({ ...preview, kept, keptCount: 400 }, false)
    expect(report).toMatch(/contacts Ada Lovelace \(0\), from row 2 \(phone\): edited since the import/)
    expect(report).toMatch(/and 380 more records/)
    expect(report).toMatch(/longshore undo 7 --everything/)
  })
})

describe('progress', () => {
  const at = (done: number, total: number | null) => ({ job: 7, state: 'running' as const, phase: 'applying', done, total })

  it.each([
    [at(0, null), 0, 0, 'applying  0 rows'],
    [at(5_000, null), 2, 5_000, 'applying  5,000 rows  2,500 rows/s'],
    [at(250, 1_000), 0.1, 250, 'applying  ██████░░░░░░░░░░░░░░░░░░ 25 %  250 of 1,000 rows'],
    [at(250, 1_000), 1, 250, 'applying  ██████░░░░░░░░░░░░░░░░░░ 25 %  250 of 1,000 rows  250 rows/s  3.0 s left'],
    [at(600, 1_000), 1, 100, 'applying  ██████████████░░░░░░░░░░ 60 %  600 of 1,000 rows  100 rows/s  4.0 s left'],
    [at(1_000, 1_000), 2, 1_000, 'applying  ████████████████████████ 100 %  1,000 of 1,000 rows  500 rows/s'],
    [at(1_200, 1_000), 2, 1_200, 'applying  ████████████████████████ 100 %  1,200 of 1,000 rows  600 rows/s'],
    [at(0, 0), 2, 0, 'applying  0 rows'],
  ])('%j after %d s', (progress, seconds, fresh, expected) => {
    expect(progressLine(progress, seconds, fresh)).toBe(expected)
  })

  it('is drawn at most five times a second, within the width, and taken away at the end', () => {
    let clock = 0
    const written: string[] = []
    const bar = progressBar({ write: (text) => written.push(text), drained: () => Promise.resolve(), isTerminal: true, columns: 40 }, () => clock)
    for (clock = 0; clock < 1_000; clock += 10) bar.show(at(clock, 1_000))
    expect(written).toHaveLength(5)
    expect(Math.max(...written.map((text) => [...text.replace(`\r${escape}[2K`, '')].length))).toBeLessThan(40)
    bar.clear()
    bar.clear()
    expect(written.slice(5)).toEqual([`\r${escape}[2K`])
  })
})

describe('small print', () => {
  it.each([[0.04, '0.0 s'], [9.9, '9.9 s'], [9.96, '10 s'], [59.4, '59 s'], [60, '1 min 0 s'], [3_599, '59 min 59 s'], [7_500, '2 h 5 min']])('%d seconds are %s', (seconds, expected) => {
    expect(duration(seconds)).toBe(expected)
  })

  it.each([['a\tb', 'a\\tb'], ['\u0000', '\\u{0}'], ['\ud800', '\\u{d800}'], ['é 漢 🙂', 'é 漢 🙂'], ['x'.repeat(200), `${'x'.repeat(119)}…`]])('%j is shown as %s', (text, expected) => {
    expect(visible(text)).toBe(expected)
  })

  it('aligns numbers to the right', () => {
    expect(table(['job', 'what'], [[7, 'a'], [12, null]])).toBe('job  what\n  7  a\n 12\n')
  })
})
