import { useQueryClient } from '@tanstack/react-query'
import type { FixChangeAnswer, NewFix } from '@longshore/contract'
import { send } from '../../client/api.ts'
import { useMutation } from '../../client/use-mutation.ts'

/** What everything that shows rows of a job hangs on. */
export function rowKeys(job: number): (string | number)[] {
  return ['rows', job]
}

/** Corrections of a job's rows; whatever shows them is asked for again afterwards. */
export function useFixes(job: number, onChanged: () => void) {
  const client = useQueryClient()
  const settled = async () => {
    await Promise.all([client.invalidateQueries({ queryKey: rowKeys(job) }), client.invalidateQueries({ queryKey: ['job', job] })])
    onChanged()
  }
  const correct = (fix: NewFix) => send<FixChangeAnswer>('POST', `/v1/jobs/${job}/fixes`, fix)
  const add = useMutation({ mutationFn: correct, onSettled: settled })
  const addAll = useMutation({ mutationFn: async (fixes: NewFix[]) => { for (const fix of fixes) await correct(fix) }, onSettled: settled })
  const turn = useMutation({ mutationFn: ({ number, to }: { number: number; to: 'undo' | 'redo' }) => send<FixChangeAnswer>('POST', `/v1/jobs/${job}/fixes/${number}/${to}`), onSettled: settled })
  return { add, addAll, turn }
}
