import { count, quantity } from '../ui/number.ts'

export const recordWords = {
  count: (records: number, exact: boolean) => exact ? quantity(records, 'record', 'records') : `more than ${count(records)} records`,
  none: (object: string) => `No ${object.toLowerCase()} yet`, noneText: 'Import a list, and they are here.',
  noneFound: 'Nothing fits these filters', clear: 'Remove the filters',
  importInto: (object: string) => `Import ${object.toLowerCase()}`,
  row: 'Record', more: 'Show more', record: (id: string) => `Record ${id}`,
  filter: { add: 'Filter', title: 'Add a filter', field: 'Field', operator: 'How', value: 'Value', apply: 'Show only these', remove: (text: string) => `Remove filter ${text}`, chips: 'Filters' },
  operators: { '=': 'is', '!=': 'is not', contains: 'contains', '>': 'is after or more than', '<': 'is before or less than', empty: 'is empty', 'not-empty': 'is not empty' } as Record<string, string>,
  columns: 'Columns', columnsTitle: 'Columns of this list', usualColumns: 'The usual columns', yes: 'Yes', no: 'No', template: 'Template',
  views: { title: 'Views', none: 'No saved views yet', usual: 'The usual view', save: 'Save this view …', name: 'Name', nameText: 'Filters, order and columns are kept, and are there in every browser.', saveButton: 'Save the view', replaceButton: (shared: boolean) => shared ? 'Replace your shared view of this name' : 'Replace your view of this name', share: 'For everybody', shareText: 'Whoever may read these records finds the view in this list.', sharedMark: 'shared', forget: (name: string, shared: boolean) => `Forget the ${shared ? 'shared ' : ''}view ${name}` },
  exports: { title: 'Export', shown: 'Columns of this list', all: 'All fields', formats: { csv: 'CSV', xlsx: 'Excel', json: 'JSON', ndjson: 'JSON lines', parquet: 'Parquet' } },
  bulk: { remove: (records: number) => `Move ${quantity(records, 'record', 'records')} to the bin`, removed: (records: number) => `${quantity(records, 'record', 'records')} moved to the bin.`, tooMany: (most: number) => `Choose at most ${count(most)} records` },
  createdBy: (job: number) => `Created by job ${job}`,
  showEmpty: (fields: number) => `Show ${quantity(fields, 'empty field', 'empty fields')}`, hideEmpty: 'Hide empty fields',
  fields: 'Fields', history: 'History', edit: 'Edit', save: 'Save', saved: 'Saved', changed: (name: string) => `${name} was changed`,
  remove: 'Move to the bin', removed: 'Moved to the bin', restored: 'Brought back', restore: 'Bring back',
  historyKinds: { update: 'Changed', delete: 'Moved to the bin', restore: 'Brought back', purge: 'Deleted for good' } as Record<string, string>,
  by: (job: number | null) => job === null ? 'by hand' : `by job ${job}`, noHistory: 'Nothing has changed since it was created', empty: 'empty', noValue: '—',
  readOnly: 'Filled by Longshore',
  bin: { title: 'Bin', none: 'The bin is empty', noneText: 'Deleted records stay here for a while and can be brought back.', name: 'Record', object: 'Object', deleted: 'Deleted' },
  keys: [['/', 'Filter'], ['Enter', 'Edit the cell'], ['Ctrl C', 'Copy']] as [string, string][],
}
