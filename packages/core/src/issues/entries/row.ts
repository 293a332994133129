import { entries } from './issue-entry.ts'

/** Issues of a row against the schema and the records it names: required values, options, references, owners. */
export const rowIssues = entries({
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
    message: 'Unknown value for {label} in {where}: found "{found}"{nearest}.',
    next: 'Use one of: {options}. Or add the option, or map the value to one of these.',
    severity: 'error',
  },
  'picklist.added': {
    title: 'Value outside the options',
    explanation: 'The field lets files bring values that are not in its list. The value was taken as it is.',
    message: 'A value that is not in the list of {label} in {where}: "{found}"{nearest}. It was taken.',
    next: 'Check its spelling, or add it to the options.',
    severity: 'warning',
  },
  'picklist.inactive': {
    title: 'Option no longer in use',
    explanation: 'The option still stands on older records, but new values may not use it.',
    message: 'An option of {label} that is no longer in use in {where}: found "{found}".',
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
    message: 'Referenced record not found in {where}: there is no {target} with {key}{nearest}.',
    next: 'Import it first, correct the value, or use --missing-reference create or blank.',
    severity: 'error',
  },
  'reference.blanked': {
    title: 'Reference left empty',
    explanation: 'The row refers to a record that does not exist, and the import was told to leave such references empty.',
    message: 'Referenced record not found in {where}: there is no {target} with {key}{nearest}. The reference was left empty.',
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
  'rule.broken': {
    title: 'A rule of yours is broken',
    explanation: 'A validation rule of the object asks something of its records that this one does not keep. On an update, the record as it would stand is looked at.',
    message: 'The rule "{rule}" is broken in {where}: {words}; found "{value}".',
    next: 'Correct the value, or change the rule in the schema.',
    severity: 'error',
    onCreate: true,
  },
  'rule.doubted': {
    title: 'A rule of yours has a doubt',
    explanation: 'A validation rule of the object that only warns asks something of its records that this one does not keep. The row went on.',
    message: 'The rule "{rule}" has a doubt about {where}: {words}; found "{value}".',
    next: 'Correct the value if it is wrong.',
    severity: 'warning',
  },
  'owner.unknown': {
    title: 'Owner is no member',
    explanation: 'An owner is named by the e-mail address or the id of a member of the organization.',
    message: 'No member owns the address in {where}: found "{value}"{nearest}.',
    next: 'Use the address of a member, or add the person first.',
    severity: 'error',
  },
})
