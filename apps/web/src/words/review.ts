import { count, quantity } from '../ui/number.ts'
import { spoken } from './spoken.ts'

export const reviewWords = spoken({
  title: 'Review queue', none: 'Nothing to review', noneText: 'Pairs that may be the same record wait here, when an import flags them.',
  place: (at: number, of: number) => `${count(at)} of ${count(of)}`, criterion: (name: string) => `Agree in ${name}`, fromJob: (job: number, row: number | null) => row === null ? `from job ${job}` : `from job ${job}, row ${count(row)}`,
  later: 'Flagged record', earlier: 'Record it may be', result: 'Afterwards', field: 'Field', same: (fields: number) => `${count(fields)} fields are the same in both`, showSame: 'Show fields that are the same', hideSame: 'Hide fields that are the same',
  agreeing: { merge: (pairs: number) => `Merge ${count(pairs)} pairs that agree`, title: (pairs: number) => `Merge ${count(pairs)} pairs?`, text: 'In these pairs no field is filled otherwise on both sides: the earlier record stays, and takes what it lacks. Each merge is a job that can be taken back.', others: (pairs: number) => ` and ${count(pairs)} more`, merged: (pairs: number, left: number) => `${quantity(pairs, 'pair was', 'pairs were')} merged${left === 0 ? '' : `; ${quantity(left, 'differs', 'differ')} in a field that you do not see, and ${left === 1 ? 'waits' : 'wait'} for somebody who does`}` },
  keepLater: 'Keep the flagged record', keepEarlier: 'Keep the earlier record', keep: 'Which record stays', merge: 'Merge into one record', dismiss: 'They are two records', next: 'Decide later', merged: 'Merged', dismissed: 'Kept as two records', undo: 'Undo',
  take: (field: string, side: string) => `Take ${field} of the ${side}`, empty: 'empty',
  keys: [['J / K', 'Next and previous pair'], ['1 / 2', 'Keep the flagged or the earlier record'], ['M', 'Merge into one record'], ['N', 'They are two records']] as [string, string][],
})
