import { count, quantity } from '../ui/number.ts'
import { spoken } from './spoken.ts'

/** Texts of the settings, which come with their pages. */
export const settingsWords = spoken({
  title: 'Settings', notAllowed: 'This section needs a right that your role does not have. Ask an admin for it.',
  organization: {
    lead: 'Where a file leaves something open, these decide.', readOnly: 'You can look at these. To change them needs the right to settings.', save: 'Save the settings', notSet: 'Not set', noLimit: 'No limit', usually: (value: number) => `${count(value)} where nothing is set`,
    groups: { habits: 'Habits', times: 'How long things are kept', limits: 'Limits' },
    options: { dmy: 'Day first: 31.12.2026', mdy: 'Month first: 12/31/2026', ymd: 'Year first: 2026-12-31', '.': 'A point: 1,234.50', ',': 'A comma: 1.234,50', starter: 'Starter: 1,000 records, 10 times', professional: 'Professional: 5,000 records, 30 times', enterprise: 'Enterprise: 10,000 records, 60 times' } as Record<string, string>,
    presets: { standard: 'Set the usual limits', none: 'Take all limits away' }, limitsText: 'An empty field is no limit.',
    settings: {
      country: { label: 'Country', text: 'Of phone numbers that name none; two letters.' }, currency: { label: 'Currency', text: 'Of amounts that name none; three letters.' }, dateOrder: { label: 'Dates are written', text: 'Where the values of a column leave it open.' }, decimal: { label: 'Decimals stand after', text: 'Where the values of a column leave it open.' }, timeZone: { label: 'Time zone', text: 'Of times that name none, such as Europe/Berlin.' },
      binDays: { label: 'Deleted records, days', text: 'In the bin, from where they can be brought back.' }, undoDays: { label: 'Undo of a job, days', text: 'So long its rows and its file are kept, too.' }, draftDays: { label: 'Drafts nobody touches, days', text: 'With their files, and files that were sent and never imported. As long as an undo where nothing is set.' }, historyDays: { label: 'History and result files, days', text: '' }, keyDays: { label: 'Keys nobody matches by, days', text: 'Of criteria that an import switched on.' },
      maxCsvMb: { label: 'CSV files, MB', text: '' }, maxExcelMb: { label: 'Excel files, MB', text: '' }, maxJsonMb: { label: 'JSON files, MB', text: '' }, maxVcardMb: { label: 'Contact cards, MB', text: '' }, maxParquetMb: { label: 'Parquet files, MB', text: '' }, maxRows: { label: 'Rows of one import', text: '' }, maxMappings: { label: 'Columns of one import', text: 'That go to a field.' }, maxImports: { label: 'Imports at a time', text: 'More wait in the queue.' }, tier: { label: 'Bulk imports by the API', text: 'Records at once and requests in a minute.' },
    } as Record<string, { label: string; text: string }>,
  },
  account: { noMember: 'Nobody has an account yet', noMemberText: 'Whoever sits at this computer may do everything. Invite yourself under People, and sign in.', password: 'Password', current: 'Password now', next: 'New password', change: 'Change the password', changed: 'The password is changed; all other sessions have ended', sessions: 'Where you are signed in', browser: 'Browser', since: 'Since', unknown: 'Unknown', here: 'here', end: 'Sign out there' },
  notifications: {
    lead: 'Who is told when an import of 1,000 rows or more ends, stops, or leaves the queue: here at the bell, and by e-mail.', noMember: 'Nobody has an account on this installation yet, so nobody is told by e-mail.', mine: 'Tell me by e-mail, too', mineText: 'To the address that you sign in with.', notSent: 'This organization sends no e-mails yet.',
    server: 'Server for e-mails', host: 'Server', port: 'Port', sender: 'Sender', username: 'User', password: 'Password', kept: 'One is kept. Left empty, it stays.', secure: 'Encrypted from the first byte', secureText: 'As on port 465. Otherwise encryption begins after the greeting (STARTTLS), as on port 587.',
    save: 'Save the server', tryIt: 'Send me an e-mail now', tried: (to: string) => `An e-mail is on its way to ${to}`, remove: 'Send no e-mails any more', removeTitle: 'Send no e-mails any more?', removeText: 'The server and its password are forgotten. The bell stays.',
  },
  objects: {
    lead: 'What kinds of record there are, and what is known of each. Changes hold at once for everybody.', add: 'New object', object: 'Object', name: 'API name', fields: 'Fields', ownFields: 'Of your own', rules: 'Rules', own: 'of your own',
    label: 'One of them is called', labelExample: 'Machine', plural: 'Several are called', pluralExample: 'Machines', apiName: (name: string) => `API name: ${name}`, nameField: 'Name', make: 'Make the object', fieldsTab: 'Fields', rulesTab: 'Validation rules',
  },
  fields: {
    add: 'New field', editTitle: (label: string) => `Field ${label}`, label: 'Label', name: 'API name', kind: 'Kind', about: 'What holds for it', own: 'of your own', required: 'needed', optionCount: (options: string) => `${options} options`, leadsTo: (objects: string) => `leads to ${objects}`, defaultOf: (value: string) => `else “${value}”`,
    apiName: (name: string) => `API name: ${name}`, kindStays: 'The kind of a field stays.', default: 'Value for new records', defaultText: 'Where nothing else is said.', help: 'What people should know', min: 'At least', max: 'At most', requiredLabel: 'New records need it', requiredText: 'Rows that would create a record without it fail.',
    options: 'Options, one a line', optionsText: 'As “value” or “value = label”. A line that begins with “- ” is not offered any more; records keep it.', openLabel: 'Other values are taken, too', openText: 'They get a warning instead of an error.', save: 'Save the field', make: 'Make the field',
    removeOf: (label: string) => `Remove the field ${label}`, removeTitle: (label: string) => `Remove the field ${label}?`, removeText: 'All that its column holds, on every record, is gone for good. This cannot be taken back.', removeButton: 'Remove the field and its values',
  },
  rules: {
    add: 'New rule', none: 'No rules yet', noneText: 'A rule asks something of every record that an import creates or updates: that a field is filled, matches a pattern, or fits another field.', editTitle: (name: string) => `Rule ${name}`,
    name: 'Name', nameText: 'Small letters, digits and hyphens.', asks: 'What it asks', severity: 'If it is broken', severityText: 'A warning keeps no row out.', severities: { error: 'The row fails', warning: 'The row gets a warning' },
    when: 'Of which records', whenKind: 'Asked', whens: [{ value: 'always', label: 'of every record' }, { value: 'equals', label: 'where a field is one of …' }, { value: 'filled', label: 'where a field is filled' }, { value: 'empty', label: 'where a field is empty' }], equals: 'Values', equalsText: 'Separated by commas.',
    holds: 'What has to hold', kind: 'Kind', kinds: [{ value: 'required', label: 'A field is filled' }, { value: 'pattern', label: 'A field matches a pattern' }, { value: 'range', label: 'A field lies between bounds' }, { value: 'compare', label: 'A field compared with another' }], field: 'Field', choose: 'Choose …', operator: 'Is', other: 'Other field',
    operators: { '>': 'after or more than', '>=': 'not before, at least', '<': 'before or less than', '<=': 'not after, at most', '=': 'the same as', '!=': 'another than' } as Record<string, string>,
    pattern: 'Pattern', patternText: 'For the whole value, such as ACC-\\d{6}.', min: 'At least', max: 'At most', message: 'What people read where it is broken', messageText: 'Left empty, the rule in words.', test: 'Test on records', save: 'Save the rule', make: 'Make the rule',
    tested: (broken: number, looked: number) => looked === 0 ? 'There are no records yet to test it on.' : broken === 0 ? `None of the newest ${quantity(looked, 'record', 'records')} breaks it.` : `${count(broken)} of the newest ${quantity(looked, 'record', 'records')} break it.`, testedText: 'Nothing was changed. Records that are there stay as they are; the rule is asked when they are imported.', examples: 'Records that break the rule',
    whereFilled: (field: string, filled: boolean) => `Where ${field} is ${filled ? 'filled' : 'empty'}: `, whereIs: (field: string, values: string) => `Where ${field} is ${values}: `, or: ' or ', isNeeded: (field: string) => `${field} is needed`, matches: (field: string, pattern: string) => `${field} matches ${pattern}`, inRange: (field: string, min: string | undefined, max: string | undefined) => `${field} is ${[min === undefined ? null : `at least ${min}`, max === undefined ? null : `at most ${max}`].filter(Boolean).join(' and ')}`,
    removeTitle: (name: string) => `Remove the rule ${name}?`, removeText: 'It is asked of no import any more. It can be made again by hand.', removeButton: 'Remove the rule',
  },
  mappings: {
    lead: 'What the columns of a kind of file mean, kept by name. They are saved at the step Map of an import, and chosen there for the next file.', upload: 'Take one from a file', taken: (name: string) => `The mapping is saved as “${name}”`, noJson: 'The file is no JSON document. Choose one that was downloaded here.', none: 'No saved mappings yet', noneText: 'Save one at the step Map of an import.',
    name: 'Name', object: 'Object', changed: 'Changed', removeTitle: (name: string) => `Forget the mapping ${name}?`, removeText: 'Imports that used it keep what they did. To have it again, download it first.', removeButton: 'Forget the mapping',
  },
  templates: { lead: 'A blank file with the headers that Longshore knows, and an example row that is skipped when it comes back.', object: 'Object', needs: 'New records need', download: (object: string, format: string) => `Template for ${object} as ${format}`, formats: { csv: 'CSV', xlsx: 'Excel' } },
  people: {
    lead: 'Who can sign in, and what they may do. Everybody here can own records.', invite: 'Invite somebody', name: 'Name', role: 'Role', teams: 'Teams', you: 'you', noAccount: 'owns records, cannot sign in', roleOf: (name: string) => `Role of ${name}`, teamsOf: (name: string) => `Teams of ${name}, separated by commas`, noTeam: 'No team', removeOf: (name: string) => `Remove ${name}`,
    removeTitle: (name: string) => `Remove ${name}?`, removeText: 'They are signed out at once and their API keys end. Records that they own stay theirs. To come back they need a new invitation.', removeButton: 'Remove this person',
    invitations: 'Invitations that wait', email: 'E-mail', until: 'Until', withdraw: 'Withdraw', make: 'Make the invitation', link: (email: string) => `Pass this link on to ${email}. It is shown this once, and nothing is sent by itself.`, copy: 'Copy the link', copied: 'Link copied',
  },
  roles: {
    lead: 'What each role may do. What is not said here is refused. The first four are there in every organization; roles of your own can be changed.', add: 'New role', right: 'Right', scope: 'Whose records', scopes: { all: 'All', team: 'Of one’s teams', own: 'One’s own' }, yes: 'Yes', no: '–', allBut: (objects: string) => `All but ${objects}`,
    objectRights: { read: 'Look at records', write: 'Change records', import: 'Import', export: 'Export', delete: 'Delete records' }, rights: { people: 'People, roles and keys', settings: 'Settings', schema: 'Objects and fields', 'audit-log': 'Audit log', 'all-jobs': 'Jobs of others', 'hard-delete': 'Delete for good', 'set-audit-fields': 'Write created and modified by a file' },
    hidden: 'Fields it does not see', hiddenText: 'Its members neither see nor fill them.', label: 'Name of the role', onRecords: 'On records', overAll: 'Over the organization', object: 'Object', allObjects: 'All objects', editTitle: (label: string) => `Role ${label}`, save: 'Save the role', make: 'Make the role',
    removeTitle: (label: string) => `Remove the role ${label}?`, removeText: 'Only a role that nobody has can be removed.', removeButton: 'Remove the role',
  },
  keys: {
    lead: 'A key lets a program do what you may do. It is sent as “Authorization: Bearer …”.', add: 'New API key', none: 'No API keys yet', noneText: 'Make one for each program, so that each can be revoked by itself.', noMember: 'API keys belong to people', noMemberText: 'Nobody has an account on this installation yet. Invite yourself under People, and sign in.', name: 'Name', nameText: 'What it is for.', begins: 'Begins with', used: 'Last used', never: 'Never', until: 'Ends', days: 'Days until it ends', password: 'Your password', passwordText: 'Once more, to be sure it is you.', make: 'Make the key',
    once: 'This is the key. It is shown this once: keep it where your program finds it.', copy: 'Copy the key', copied: 'Key copied', revoke: 'Revoke', revokeTitle: (name: string) => `Revoke the key ${name}?`, revokeText: 'Its next request is refused. It cannot be brought back.', revokeButton: 'Revoke the key',
  },
  audit: { lead: 'Who changed people, roles, keys, settings and the schema, newest first.', none: 'Nothing yet', at: 'When', who: 'Who', act: 'What', details: 'Details', byKey: 'by API key', formerMember: (id: number) => `Former member ${id}`, older: 'Show older entries' },
})
