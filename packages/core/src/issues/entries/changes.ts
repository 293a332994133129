import { entries } from './issue-entry.ts'

/** Issues of changing records, and of taking changes back. */
export const changeIssues = entries({
  'apply.rejected-by-database': {
    title: 'Refused by the database',
    explanation: 'A rule of the database itself refused the record after all checks had passed, for example a unique index made by hand.',
    message: 'The database refused {where}: {detail}.',
    next: 'Correct the value it names, or the rule, and import the row again.',
    severity: 'error',
  },
  'undo.edited-since': {
    title: 'Edited since the import',
    explanation: 'The value was changed again after the import. Undo keeps such later edits by default.',
    message: 'Kept by undo: {field} of record {id} ({where}) was edited since the import.',
    next: 'Use --everything to take it back, too.',
    severity: 'warning',
  },
  'undo.referred-to-since': {
    title: 'Referred to since the import',
    explanation: 'Other records refer to a record that the import created. Undo keeps such records by default.',
    message: 'Kept by undo: record {id} ({where}) is referred to by {count} other records.',
    next: 'Use --everything to take it back, too.',
    severity: 'warning',
  },
  'undo.already-gone': {
    title: 'Already gone',
    explanation: 'The record that undo would take back is deleted already.',
    message: 'Nothing to undo: record {id} ({where}) is gone already.',
    next: 'Nothing needs to be done.',
    severity: 'warning',
  },
})
