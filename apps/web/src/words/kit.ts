import { spoken } from './spoken.ts'

export const kitWords = spoken({
  title: 'Parts and states', states: 'States', marks: 'Job states', grid: 'A million rows', goTo: 'Go to row', go: 'Go',
  stateNames: [{ value: 'empty', label: 'Empty' }, { value: 'loading', label: 'Loading' }, { value: 'error', label: 'Error' }, { value: 'long', label: 'Long' }, { value: 'success', label: 'Success' }],
  pages: 'Pages', pagesText: 'All pages of this tab show the state that is chosen here. Nothing is written or lost by it.', pageStates: [{ value: '', label: 'As they are' }, { value: 'loading', label: 'Loading' }, { value: 'error', label: 'Error' }, { value: 'empty', label: 'Empty' }],
  edits: (cells: string) => `${cells} cells changed`,
})
