import type { Issue, Severity } from './issue.ts'

/** What is known of one issue code. `docs/issues.md` is this registry in print. */
export interface IssueEntry {
  /** A few words, as a heading. */
  title: string
  /** Why this is an issue and what Longshore does about it. */
  explanation: string
  /**
   * What happened, where, what was found. `{where}` is "row 7, column "Email"", `{value}` the value found; others come from the
   * parameters that the code is raised with.
   */
  message: string
  /** What to do; may hold placeholders. The message in full is `message` and `next`. */
  next: string
  severity: Severity
  /** The issue may be raised so that it counts only when the row creates a record. */
  onCreate?: true
}

function entries<Code extends string>(registry: Record<Code, IssueEntry>): Readonly<Record<Code, IssueEntry>> {
  return registry
}

/** Every issue that can be raised about a row or a cell, by code. */
export const issueRegistry = entries({
  // Reading: the file itself
  'read.too-many-cells': {
    title: 'Too many cells in the row',
    explanation: 'The row has filled cells beyond the last column of the header. Values may have slipped into wrong columns, usually because a value holds an unquoted delimiter, so the row is not imported.',
    message: 'Too many cells in {where} (line {line} of the file): found {found}, the header has {expected}.',
    next: 'Put quotes around the value that holds the delimiter, or remove the extra cells.',
    severity: 'error',
  },
  'read.too-few-cells': {
    title: 'Too few cells in the row',
    explanation: 'The row ends before the last column of the header. The missing cells are taken as empty.',
    message: 'Too few cells in {where} (line {line} of the file): found {found}, the header has {expected}.',
    next: 'The missing cells were taken as empty; check that no value slipped into another column.',
    severity: 'warning',
  },
  'read.cell-too-large': {
    title: 'Cell too large',
    explanation: 'A cell is larger than Longshore reads. A missing closing quote often makes the rest of a file one cell.',
    message: 'The cell in {where} (line {line} of the file) is too large: found {found}, the limit is {expected}.',
    next: 'Shorten the value, or close the quote that opens it.',
    severity: 'error',
  },
  'read.row-too-large': {
    title: 'Row too large',
    explanation: 'All cells of the row together are larger than Longshore reads.',
    message: 'The row at {where} (line {line} of the file) is too large: found {found}, the limit is {expected}.',
    next: 'Shorten its values, or close the quote that a value opens.',
    severity: 'error',
  },
  'read.unclosed-quote': {
    title: 'Quote never closed',
    explanation: 'A quoted value starts but its closing quote never comes, so nobody can tell where the value ends.',
    message: 'The quote that opens in {where}, line {line}, character {character} is never closed.',
    next: 'Add the closing quote, or double the quote if it belongs to the text ("").',
    severity: 'error',
  },
  'read.nul-byte': {
    title: 'Invisible NUL character',
    explanation: 'The value holds the character U+0000, which no database text can hold. It is usually left over from a damaged export.',
    message: 'An invisible NUL character in {where}: found "{value}".',
    next: 'Remove the character (shown as ␀), or export the file again.',
    severity: 'error',
  },
  'read.bad-encoding': {
    title: 'Bytes that are no text',
    explanation: 'Some bytes of the row make no character in the encoding that the file is read with. Going on would store question marks instead of letters.',
    message: 'Unreadable characters in {where} (line {line} of the file): found "{value}".',
    next: 'Save the file as UTF-8, or name its encoding with --encoding.',
    severity: 'error',
  },
  'read.lone-surrogate': {
    title: 'Half a character',
    explanation: 'The value holds one half of a character that needs two (a surrogate), usually because a program cut an emoji in the middle.',
    message: 'Half a character in {where}: found "{value}".',
    next: 'Remove the broken character (shown as �), or restore it from the source.',
    severity: 'error',
  },
  // Types: one cell
  'type.control-character': {
    title: 'Invisible control character',
    explanation: 'The value holds a control character other than tab and line break. Such characters are invisible and make equal values differ.',
    message: 'An invisible control character ({character}) in {where}: found "{value}".',
    next: 'Remove the character.',
    severity: 'error',
  },
  'type.too-long': {
    title: 'Value too long',
    explanation: 'The text is longer than the field holds. Longshore never cuts values.',
    message: 'The value in {where} is too long: {length} characters, the field {field} holds {limit}. It begins "{value}".',
    next: 'Shorten it, or map the column to a long text field.',
    severity: 'error',
  },
  'type.email': {
    title: 'Not an e-mail address',
    explanation: 'The value does not have the form name@domain.',
    message: 'Not an e-mail address in {where}: found "{value}"{detail}.',
    next: 'Write one address, such as ada@example.com, or leave the cell empty.',
    severity: 'error',
  },
  'type.phone': {
    title: 'Not a phone number',
    explanation: 'The value does not hold the digits of any phone number.',
    message: 'Not a phone number in {where}: found "{value}".',
    next: 'Write a number with its country code, such as +1 212 555 0123, or leave the cell empty.',
    severity: 'error',
  },
  'type.phone-doubtful': {
    title: 'Phone number that cannot be dialled',
    explanation: 'The value looks like a phone number but is not a valid one for its country. It is kept as typed and cannot be used to find duplicates across notations.',
    message: 'Doubtful phone number in {where}: "{value}" is not a valid number for {country}. It was kept as typed.',
    next: 'Check the digits, or add the country code.',
    severity: 'warning',
  },
  'type.url': {
    title: 'Not a web address',
    explanation: 'The value is neither a web address nor a domain name. Addresses that run scripts are refused.',
    message: 'Not a web address in {where}: found "{value}".',
    next: 'Write an address such as https://example.com, or leave the cell empty.',
    severity: 'error',
  },
  'type.date': {
    title: 'Not a date',
    explanation: 'The value is in no form of date that Longshore reads.',
    message: 'Not a date in {where}: found "{value}".',
    next: 'Write it as year-month-day, such as 2024-02-29.',
    severity: 'error',
  },
  'type.date-impossible': {
    title: 'Date that does not exist',
    explanation: 'The value has the form of a date, but the calendar has no such day.',
    message: 'A day that does not exist in {where}: found "{value}" ({detail}).',
    next: 'Correct the day or the month.',
    severity: 'error',
  },
  'type.date-ambiguous': {
    title: 'Date that can be read two ways',
    explanation: 'Day and month could be either way round, and nothing in the value decides. Guessing would silently store wrong dates.',
    message: 'A date that can be read two ways in {where}: "{value}" is {first} or {second}.',
    next: 'Write it as year-month-day, such as {first}, or with the name of the month.',
    severity: 'error',
  },
  'type.date-time': {
    title: 'Not a date and time',
    explanation: 'The value is in no form of date and time that Longshore reads. A time without a zone is taken as UTC.',
    message: 'Not a date and time in {where}: found "{value}".',
    next: 'Write it as 2024-02-29T14:30:00Z or 2024-02-29 14:30.',
    severity: 'error',
  },
  'type.number': {
    title: 'Not a number',
    explanation: 'The value is not a decimal number, or its separators can be read in no single way.',
    message: 'Not a number in {where}: found "{value}".',
    next: 'Write it with digits and a decimal point, such as 1234.56.',
    severity: 'error',
  },
  'type.number-not-finite': {
    title: 'Not a finite number',
    explanation: 'NaN and infinity are no amounts that a field can hold.',
    message: 'Not a finite number in {where}: found "{value}".',
    next: 'Write a number with digits, or leave the cell empty.',
    severity: 'error',
  },
  'type.number-range': {
    title: 'Number out of range',
    explanation: 'The number is outside the bounds of the field, or larger than its column holds.',
    message: 'Number out of range in {where}: found "{value}", the field {field} takes {bounds}.',
    next: 'Correct the number, or widen the field.',
    severity: 'error',
  },
  'type.number-precision': {
    title: 'Too many decimals',
    explanation: 'The number has more decimals than the field keeps. Longshore never rounds values silently.',
    message: 'Too many decimals in {where}: found "{value}", the field {field} keeps {decimals}.',
    next: 'Round it, or give the field more decimals.',
    severity: 'error',
  },
  'type.currency': {
    title: 'Not an amount of money',
    explanation: 'The value is not a number with at most one currency symbol or ISO code beside it.',
    message: 'Not an amount of money in {where}: found "{value}".',
    next: 'Write it such as 1234.56, USD 1234.56 or €1.234,56.',
    severity: 'error',
  },
  'type.currency-conflict': {
    title: 'Two currencies for one amount',
    explanation: 'The amount bears one currency and the currency column of the row names another. The column decides.',
    message: 'Two currencies in {where}: the amount "{value}" says {found}, the currency column says {expected}.',
    next: 'The currency column was taken; check which one is right.',
    severity: 'warning',
  },
  'type.currency-code': {
    title: 'Not a currency code',
    explanation: 'A currency is named by its ISO 4217 code of three letters.',
    message: 'Not a currency code in {where}: found "{value}".',
    next: 'Write a code such as USD, EUR or GBP.',
    severity: 'error',
  },
  'type.percent': {
    title: 'Not a percentage',
    explanation: 'The value is not a number with or without a percent sign.',
    message: 'Not a percentage in {where}: found "{value}".',
    next: 'Write it such as 45 or 45%.',
    severity: 'error',
  },
  'type.boolean': {
    title: 'Neither yes nor no',
    explanation: 'The value is none of the words and signs that Longshore reads as yes or no.',
    message: 'Neither yes nor no in {where}: found "{value}".',
    next: 'Write true or false (yes/no, 1/0 and on/off are read, too).',
    severity: 'error',
  },
  'type.list': {
    title: 'Not a list',
    explanation: 'The value begins like a JSON array but is none, or holds something other than texts.',
    message: 'Not a list in {where}: found "{value}".',
    next: 'Separate the values by semicolons, such as red; green.',
    severity: 'error',
  },
  // Required, picklists, references: one row
  'required.missing': {
    title: 'Required value missing',
    explanation: 'A record cannot be created without this value. Where the row updates an existing record the field may be absent.',
    message: 'Required value missing in {where}: {label} is empty.',
    next: 'Fill the cell, or give new records a value with --default {field}=….',
    severity: 'error',
    onCreate: true,
  },
  'picklist.unknown': {
    title: 'Not one of the options',
    explanation: 'The field takes only the values of its list, and this is none of them. Letter case and outer blanks do not matter.',
    message: 'Unknown value for {label} in {where}: found "{value}"{nearest}.',
    next: 'Use one of: {options}. Or add the option, or map the value to one of these.',
    severity: 'error',
  },
  'picklist.added': {
    title: 'Value outside the options',
    explanation: 'The field lets files bring values that are not in its list. The value was taken as it is.',
    message: 'A value that is not in the list of {label} in {where}: "{value}"{nearest}. It was taken.',
    next: 'Check its spelling, or add it to the options.',
    severity: 'warning',
  },
  'picklist.inactive': {
    title: 'Option no longer in use',
    explanation: 'The option still stands on older records, but new values may not use it.',
    message: 'An option of {label} that is no longer in use in {where}: found "{value}".',
    next: 'Use one of: {options}. Or make the option active again.',
    severity: 'error',
  },
  'stage.not-in-pipeline': {
    title: 'Stage of no or another pipeline',
    explanation: 'Each stage belongs to one pipeline, and the row\'s pipeline has no such stage. A row that names no pipeline is in the default one.',
    message: 'The pipeline "{pipeline}" has no such stage in {where}: found "{value}"{nearest}.',
    next: 'Use one of: {options}. Or name the right pipeline in the row.',
    severity: 'error',
  },
  'reference.missing': {
    title: 'Referenced record not found',
    explanation: 'The row refers to a record that does not exist, in the store or earlier in the file.',
    message: 'Referenced record not found in {where}: there is no {target} with {key}.',
    next: 'Import it first, correct the value, or use --missing-reference create or blank.',
    severity: 'error',
  },
  'reference.blanked': {
    title: 'Reference left empty',
    explanation: 'The row refers to a record that does not exist, and the import was told to leave such references empty.',
    message: 'Referenced record not found in {where}: there is no {target} with {key}. The reference was left empty.',
    next: 'Import the record and the row again if the link matters.',
    severity: 'warning',
  },
  'reference.ambiguous': {
    title: 'Several records fit the reference',
    explanation: 'More than one existing record has this value, so nobody can tell which one is meant.',
    message: 'Several records fit the reference in {where}: {count} {target} with {key} (ids {ids}).',
    next: 'Name it by a value that only one has, such as its external id, or merge the duplicates first.',
    severity: 'error',
  },
  'owner.unknown': {
    title: 'Owner is no member',
    explanation: 'An owner is named by the e-mail address or the id of a member of the organization.',
    message: 'No member owns the address in {where}: found "{value}"{nearest}.',
    next: 'Use the address of a member, or add the person first.',
    severity: 'error',
  },
  // Matching: one row against the others
  'match.none': {
    title: 'No record to change',
    explanation: 'The operation changes existing records only, and no record matches the row.',
    message: 'No existing record matches {where}: looked for {key}.',
    next: 'Correct the value, or use the operation upsert to create missing records.',
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
  // Applying and taking back
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

export type IssueCode = keyof typeof issueRegistry

/** Where an issue lies and what stood there. */
export interface IssuePlace {
  /** As a spreadsheet counts: the header is row 1. */
  row: number
  /** The column's header as the file has it; null for the whole row, or where no column feeds the field. */
  column: string | null
  /** Path of the field; null for the whole row. */
  field: string | null
  value: string | null
  /** Counts only when the row creates a record. */
  onCreate?: boolean
}

/** Longest value that an issue carries, in characters. */
export const longestIssueValue = 255

/**
 * An issue with its message in full. `params` fill the placeholders of the code's message; a placeholder that nobody fills is left out.
 * The value is cut to 255 characters and control characters are made visible, so that a message is always one line of text.
 */
export function makeIssue(code: IssueCode, place: IssuePlace, params: Readonly<Record<string, string>> = {}): Issue {
  const entry = issueRegistry[code]
  const value = place.value === null ? null : visible(place.value)
  const words: Readonly<Record<string, string>> = { where: whereOf(place), value: value ?? '', field: place.field ?? '', ...params }
  const message = fill(`${entry.message} ${entry.next}`, words)
  const issue: Issue = { code, severity: entry.severity, row: place.row, column: place.column, field: place.field, value, message }
  return place.onCreate ? { ...issue, onCreate: true } : issue
}

function whereOf({ row, column, field }: IssuePlace): string {
  if (column !== null) return `row ${row}, column "${visible(column)}"`
  return field !== null ? `row ${row}, field ${field}` : `row ${row}`
}

function fill(template: string, words: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-z]+)\}/g, (_, name: string) => (Object.hasOwn(words, name) ? words[name] ?? '' : ''))
}

/** Control characters as their pictures (␀), broken halves of characters as �, and no more than 255 characters. */
function visible(text: string): string {
  const cut = text.length > longestIssueValue ? `${text.slice(0, longestIssueValue - 1)}…` : text
  return cut.toWellFormed().replace(/[\0-\x1f\x7f]/g, (c) => (c === '\x7f' ? '␡' : String.fromCharCode(0x2400 + c.charCodeAt(0))))
}
