import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { FieldAnswer, JobDetails, ReviewAnswer } from '@longshore/contract'
import { get, send } from '../client/api.ts'
import { useMay } from '../client/may.ts'
import { useObject } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import { isTyping, singleKeysOn } from '../shell/typing.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx'
import { reviewWords } from '../words/review.ts'
import { words } from '../words/words.ts'
import { valueText } from '../records/value-text.ts'
import { comparedFields } from './agreeing-pairs.ts'
import { MergeAgreeing } from './merge-agreeing.tsx'
import classes from '../records/records.module.css'

const texts = reviewWords
type Side = 'record' | 'other'

/** Pairs that may be one, side by side, what differs first. */
export function ReviewPage() {
  const [at, setAt] = useState(0)
  const reviews = useQuery({ queryKey: ['reviews'], queryFn: ({ signal }) => get<{ reviews: ReviewAnswer[] }>('/v1/reviews', { limit: 200 }, signal) })
  const pairs = reviews.data?.reviews ?? []
  const place = Math.min(at, Math.max(0, pairs.length - 1))
  const pair = pairs[place]
  return (
    <Page title={texts.title} about={pairs.length > 0 ? <span>{texts.place(place + 1, pairs.length)}</span> : null} keys={texts.keys} actions={<MergeAgreeing pairs={pairs} />}>
      {reviews.isPending && <SkeletonRows />}
      {reviews.isError && <Failure error={reviews.error} retry={() => void reviews.refetch()} />}
      {reviews.isSuccess && !pair && <Empty title={texts.none}>{texts.noneText}</Empty>}
      {pair && <Pair key={pair.id} pair={pair} onMove={(step) => setAt(Math.max(0, Math.min(pairs.length - 1, place + step)))} />}
    </Page>
  )
}

function Pair({ pair, onMove }: { pair: ReviewAnswer; onMove: (step: 1 | -1) => void }) {
  const client = useQueryClient()
  const may = useMay()
  const object = useObject(pair.object)
  const [keep, setKeep] = useState<Side>('other')
  const [values, setValues] = useState<Record<string, Side>>({})
  const [showSame, setShowSame] = useState(false)
  const settled = () => client.invalidateQueries({ queryKey: ['reviews'] })
  const merge = useMutation({
    mutationFn: () => send<JobDetails>('POST', `/v1/reviews/${pair.id}/merge`, { keep, values }),
    onSuccess: (job) => notifications.show({ message: <>{texts.merged}. <Link to="/jobs/$job" params={{ job: String(job.job) }}>{words.jobs.job(job.job)}</Link></>, autoClose: 10_000 }), onSettled: settled,
  })
  const dismiss = useMutation({ mutationFn: () => send('POST', `/v1/reviews/${pair.id}/dismiss`), onSuccess: () => notifications.show({ message: texts.dismissed }), onSettled: settled })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || !singleKeysOn()) return
      const acts: Record<string, () => void> = { j: () => onMove(1), k: () => onMove(-1), 1: () => setKeep('record'), 2: () => setKeep('other'), m: () => merge.mutate(), n: () => dismiss.mutate() }
      acts[event.key.toLowerCase()]?.()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
  const fields = comparedFields(object)
  const of = (side: Side, name: string) => pair[side].values[name] ?? null
  const shown = (side: Side, field: FieldAnswer) => { const value = of(side, field.name); return value === null ? null : pair[side].names[field.name] ?? valueText(field.kind, value) }
  const differing = fields.filter((field) => of('record', field.name) !== of('other', field.name))
  const same = fields.filter((field) => of('record', field.name) === of('other', field.name) && of('record', field.name) !== null)
  // without a choice: the kept one's, and the other's where that is empty
  const taken = (name: string): Side => values[name] ?? (of(keep, name) === null ? keep === 'record' ? 'other' : 'record' : keep)
  const busy = merge.isPending || dismiss.isPending
  return (
    <>
      {merge.isError && <Failure error={merge.error} retry={() => void settled()} />}
      {dismiss.isError && <Failure error={dismiss.error} />}
      <p className={classes.quiet} style={{ marginTop: 0 }}>{object?.label}{pair.criterion && ` · ${texts.criterion(pair.criterion)}`}{pair.job !== null && ` · ${texts.fromJob(pair.job, pair.row)}`}</p>
      <div style={{ border: '1px solid var(--ls-line)', borderRadius: 8, overflowX: 'auto' }}>
        <table className={classes.pair}>
          <thead><tr><th className={classes.pairField}>{texts.field}</th><th>{texts.later}<div><button type="button" aria-pressed={keep === 'record'} onClick={() => setKeep('record')}>{texts.keepLater}</button></div></th><th>{texts.earlier}<div><button type="button" aria-pressed={keep === 'other'} onClick={() => setKeep('other')}>{texts.keepEarlier}</button></div></th><th className={classes.pairField}>{texts.result}</th></tr></thead>
          <tbody>
            {differing.map((field) => (
              <tr key={field.name}>
                <th scope="row">{field.label}</th>
                {(['record', 'other'] as const).map((side) => <td key={side}><button type="button" aria-pressed={taken(field.name) === side} aria-label={`${texts.take(field.label, side === 'record' ? texts.later : texts.earlier)}: ${shown(side, field) ?? texts.empty}`} onClick={() => setValues({ ...values, [field.name]: side })}>{shown(side, field) ?? <span className={classes.quiet}>{texts.empty}</span>}</button></td>)}
                <td className={classes.result} data-label={texts.result}>{shown(taken(field.name), field) ?? <span className={classes.quiet}>{texts.empty}</span>}</td>
              </tr>
            ))}
            {showSame && same.map((field) => <tr key={field.name}><th scope="row">{field.label}</th><td colSpan={3}>{shown('record', field)}</td></tr>)}
          </tbody>
        </table>
      </div>
      <div style={{ display: 'flex', gap: 8, marginTop: 14, flexWrap: 'wrap', alignItems: 'center' }}>
        {may.object(pair.object, 'delete') && <Button loading={merge.isPending} disabled={busy} onClick={() => merge.mutate()}>{texts.merge}</Button>}
        {may.object(pair.object, 'write') && <Button variant="default" disabled={busy} onClick={() => dismiss.mutate()}>{texts.dismiss}</Button>}
        <Button variant="default" onClick={() => onMove(1)}>{texts.next}</Button>
        {same.length > 0 && <Button variant="subtle" onClick={() => setShowSame(!showSame)}>{showSame ? texts.hideSame : `${texts.showSame} (${same.length})`}</Button>}
      </div>
    </>
  )
}
