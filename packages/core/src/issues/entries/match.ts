import { entries } from './issue-entry.ts'

/** Issues of a row against the rows before it and the records that exist. */
export const matchIssues = entries({
  'match.none': {
    title: 'No record to change',
    explanation: 'The operation changes existing records only, and no record matches the row.',
    message: 'No existing record matches {where}: looked for {key}.',
    next: 'Correct the value, or {otherwise}.',
    severity: 'error',
  },
  'match.unknown-id': {
    title: 'No record has this id',
    explanation: 'The row names a record by its id, and there is none: it was deleted, or the file comes from another installation. A new record would get another id, so none is made.',
    message: 'No record has the id in {where}: found "{value}"{bin}.',
    next: 'Correct the id, empty the cell if the row is a new record, bring the record back from the bin, or match by another field.',
    severity: 'error',
  },
  'match.no-key': {
    title: 'Nothing to match by',
    explanation: 'The operation needs an existing record, and all match criteria of the row are empty.',
    message: 'Nothing to match by in {where}: {criteria} is empty.',
    next: 'Fill one of the match columns.',
    severity: 'error',
  },
  'match.several': {
    title: 'Several records match',
    explanation: 'More than one existing record matches the row, so nobody can tell which one is meant.',
    message: 'Several existing records match {where}: {count} with {key} (ids {ids}).',
    next: 'Match by a value that only one has, merge the duplicates first, or choose with --on-several.',
    severity: 'error',
  },
  'match.flagged': {
    title: 'Flagged for review',
    explanation: 'The row was created although other records match it, and stands in the queue for review with each of them.',
    message: 'Created and flagged {where}: other records with {key}: {count} (ids {ids}).',
    next: 'Look at the pairs with "longshore review list"; merge them, or dismiss what is not the same.',
    severity: 'warning',
  },
  'match.outside': {
    title: 'Flagged: a record out of sight matches',
    explanation: 'A record that the importing member may not see has the same match key. The row was created, and the pair stands in the queue for review of those who see both.',
    message: 'Created and flagged {where}: a record that you may not see has the same {key}.',
    next: 'Nothing, or leave the row out: somebody who sees both records merges them or keeps both.',
    severity: 'warning',
  },
  'match.binned': {
    title: 'A deleted record matches',
    explanation: 'A record in the bin has the same match key. Deleted records are not matched: the row goes on as if there were none.',
    message: 'A deleted record matches {where}: record {id} in the bin has the same {key}.',
    next: 'If it is the one that is meant: take the import back if it has run (the row may have made a new record), bring the old one back with "longshore bin restore {id} --object {object}", and import the row again. Or import with --restore-binned, which brings such records back and updates them.',
    severity: 'warning',
  },
  'merge.too-long': {
    title: 'Too long to append to',
    explanation: 'The merge rule append adds a line to the text of the record, and the whole would be longer than the field takes.',
    message: 'The text cannot be appended in {where}: the record\'s {field} would become too long.',
    next: 'Shorten the text on the record, or choose another merge rule for the field.',
    severity: 'error',
  },
  'match.duplicate-in-file': {
    title: 'Duplicate of an earlier row',
    explanation: 'An earlier row of the same file has the same match key.',
    message: 'A duplicate in {where}: row {other} of the file has the same {key}.',
    next: 'Nothing needs to be done; choose another way with --on-duplicate.',
    severity: 'warning',
  },
  'match.duplicate-in-store': {
    title: 'Duplicate of an existing record',
    explanation: 'A record with the same match key existed before the import.',
    message: 'A duplicate in {where}: record {id} has the same {key}.',
    next: 'Nothing needs to be done; use the operation upsert to update such records.',
    severity: 'warning',
  },
})
