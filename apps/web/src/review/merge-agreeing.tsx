import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { JobDetails, ReviewAnswer } from '@longshore/contract'
import { send } from '../client/api.ts'
import { useMay } from '../client/may.ts'
import { Refusal } from '../client/problem.ts'
import { useObjects } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { reviewWords } from '../words/review.ts'
import { agreeingPairs, comparedFields } from './agreeing-pairs.ts'

const texts = reviewWords.agreeing
const namedPairs = 8

/** Merges in one go what nobody has to decide about: pairs that contradict each other nowhere. Each merge is a job of its own, to be taken back by itself. */
export function MergeAgreeing({ pairs }: { pairs: readonly ReviewAnswer[] }) {
  const client = useQueryClient()
  const may = useMay()
  const objects = useObjects()
  const [asked, setAsked] = useState(false)
  const agreeing = agreeingPairs(pairs, objects).filter(({ object }) => may.object(object, 'delete'))
  const merge = useMutation({
    mutationFn: async () => {
      let left = 0
      for (const { id } of agreeing) {
        try {
          await send<JobDetails>('POST', `/v1/reviews/${id}/merge`, { keep: 'other', values: {} })
        } catch (error) {
          if (!(error instanceof Refusal) || error.code !== 'review.hidden') throw error
          left++ // differs in what this person does not see: the others are merged all the same
        }
      }
      return { merged: agreeing.length - left, left }
    },
    onSuccess: ({ merged, left }) => { setAsked(false); notifications.show({ message: texts.merged(merged, left) }) }, onSettled: () => client.invalidateQueries({ queryKey: ['reviews'] }),
  })
  if (agreeing.length < 2) return null
  // a whole name is no value of its own: its parts come first among the fields
  const nameOf = ({ object, other }: ReviewAnswer) => comparedFields(objects.find(({ name }) => name === object)).flatMap(({ name }) => other.values[name] ?? []).slice(0, 2).join(' ')
  return (
    <>
      <Button variant="default" onClick={() => { merge.reset(); setAsked(true) }}>{texts.merge(agreeing.length)}</Button>
      <ConfirmDialog opened={asked} title={texts.title(agreeing.length)} button={texts.merge(agreeing.length)} busy={merge.isPending} error={merge.error} onClose={() => setAsked(false)} onConfirm={() => merge.mutate()}>
        {texts.text} {agreeing.slice(0, namedPairs).map(nameOf).join(', ')}{agreeing.length > namedPairs && texts.others(agreeing.length - namedPairs)}
      </ConfirmDialog>
    </>
  )
}
