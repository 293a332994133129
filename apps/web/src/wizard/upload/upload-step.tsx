import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { DraftAnswer, JobDetails, ObjectAnswer } from '@longshore/contract'
import { send } from '../../client/api.ts'
import { useMay } from '../../client/may.ts'
import { useObjects } from '../../client/queries.ts'
import { Failure, SkeletonRows } from '../../ui/states.tsx'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import { DraftNotices } from '../draft-notices.tsx'
import type { DraftStore } from '../draft-store.ts'
import { draftQuery, useDraftState } from '../use-draft.ts'
import { WizardFrame } from '../wizard-frame.tsx'
import type { WizardFrameProps } from '../wizard-frame.tsx'
import { columnsQuery } from '../map/columns-query.ts'
import { DropZone } from './drop-zone.tsx'
import { ObjectChoice } from './object-choice.tsx'
import { readingQuery } from './reading-query.ts'
import { ReadingPreview } from './reading-preview.tsx'

const texts = importWords.upload

/** How long the settings of a file rest before its columns are looked at. */
const restMs = 600

interface UploadStepProps { store: DraftStore; job: JobDetails; object: ObjectAnswer; linkTo: WizardFrameProps['linkTo']; about: string }

/** How the file is read, which can be put right; another file begins another draft with the same settings. */
export function UploadStep({ store, job, object, linkTo, about }: UploadStepProps) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = useMay()
  const { definition, saving } = useDraftState(store)
  const objects = useObjects().filter((one) => may.object(one.name, 'import'))
  const [failure, setFailure] = useState<unknown>(null)
  const reading = useQuery({ ...readingQuery(store, job.job, definition), placeholderData: keepPreviousData })
  const read = reading.data && !reading.isError ? reading.data : null
  // the next step looks at the values of the whole file: that begins while the first rows are looked at, once nothing changes any more
  const settled = reading.isSuccess && !reading.isPlaceholderData && saving === 'saved'
  useEffect(() => {
    if (!settled) return
    const timer = setTimeout(() => void client.prefetchQuery(columnsQuery(store, job.job, definition)), restMs)
    return () => clearTimeout(timer)
  }, [settled, client, store, job.job, definition])
  const replaceFile = async (upload: { id: string; name: string }) => {
    try {
      const draft = await send<DraftAnswer>('POST', '/v1/drafts', { file: { upload: upload.id, name: upload.name }, definition: { object: definition.object } }, { headers: { 'idempotency-key': crypto.randomUUID() } })
      client.setQueryData(draftQuery(draft.job).queryKey, draft)
      void send('POST', `/v1/jobs/${job.job}/cancel`, {}).catch(() => undefined) // one that cannot be let go stays in the list of drafts
      void navigate({ to: '/imports/$job/$step', params: { job: String(draft.job), step: 'upload' }, replace: true })
    } catch (error) { setFailure(error) }
  }
  return (
    <WizardFrame
      step="upload" linkTo={linkTo} title={texts.title(object.pluralLabel)} about={about} status={saving === 'saved' ? words.states.saved : saving === 'saving' ? words.states.saving : ''}
      main={read ? { label: texts.next(read.columns.length), run: () => void navigate({ to: '/imports/$job/$step', params: { job: String(job.job), step: 'map' } }), disabled: reading.isFetching } : null}
    >
      <DraftNotices store={store} />
      <ObjectChoice object={object.name} objects={objects} onChoose={(name) => store.change({ object: name, columns: [], match: [], merge: {} })} />
      <DropZone busy={null} other onSent={(upload) => void replaceFile(upload)} />
      {failure !== null && <Failure error={failure} title={texts.notRead} retry={() => setFailure(null)} />}
      {reading.isPending && <SkeletonRows />}
      {reading.isError && <Failure error={reading.error} title={texts.notRead} retry={() => void reading.refetch()} />}
      {(read ?? reading.isError) && <ReadingPreview reading={read} source={definition.source} onChange={(source) => store.change({ source: { ...source }, columns: [] })} stale={reading.isFetching} />}
    </WizardFrame>
  )
}
