export const overviewWords = {
  title: 'Overview',
  lead: 'Bring a list in, and see first what will happen',
  leadText: 'Every row is checked before anything is written. You decide what happens to duplicates, fix what is wrong in groups, and can take the whole import back afterwards.',
  latest: 'Latest imports and jobs',
  all: 'All jobs',
}
