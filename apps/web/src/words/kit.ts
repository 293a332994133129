export const kitWords = {
  title: 'Parts and states', states: 'States', marks: 'Job states', grid: 'A million rows', goTo: 'Go to row', go: 'Go',
  stateNames: [{ value: 'empty', label: 'Empty' }, { value: 'loading', label: 'Loading' }, { value: 'error', label: 'Error' }, { value: 'long', label: 'Long' }, { value: 'success', label: 'Success' }],
  edits: (cells: string) => `${cells} cells changed`,
}
