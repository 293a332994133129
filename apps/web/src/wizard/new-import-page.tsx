import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { DraftAnswer, JobDetails, ReadSettingsInput, Upload } from '@longshore/contract'
import { get, send } from '../client/api.ts'
import { useMay } from '../client/may.ts'
import { objectsQuery, useObjects } from '../client/queries.ts'
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx'
import { importWords } from '../words/imports.ts'
import { DropZone } from './upload/drop-zone.tsx'
import { ObjectChoice } from './upload/object-choice.tsx'
import { ReadingPreview } from './upload/reading-preview.tsx'
import { repeated } from './repeated-definition.ts'
import { draftQuery } from './use-draft.ts'
import { WizardFrame } from './wizard-frame.tsx'

const texts = importWords.upload

type Taken = { kind: 'upload'; upload: Upload } | { kind: 'url'; url: string }

/** An import before there is one: as soon as its file can be read, the server keeps it as a draft, and the steps go on there. */
export function NewImportPage() {
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = useMay()
  const known = useQuery(objectsQuery)
  const objects = useObjects().filter((one) => may.object(one.name, 'import'))
  const { object: wanted = 'contacts', repeat } = useSearch({ from: '/shell/imports/new' })
  const [taken, setTaken] = useState<Taken | null>(null)
  const [source, setSource] = useState<ReadSettingsInput>({})
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const object = objects.find((one) => one.name === wanted) ?? objects[0]

  const create = async (file: Taken, settings: ReadSettingsInput) => {
    setTaken(file)
    setFailure(null)
    setBusy(true)
    try {
      const before = repeat === undefined ? {} : repeated((await get<JobDetails>(`/v1/jobs/${repeat}`)).definition)
      const draft = await send<DraftAnswer>('POST', '/v1/drafts', {
        file: file.kind === 'url' ? { url: file.url } : { upload: file.upload.id, name: file.upload.name },
        definition: { ...before, object: object?.name ?? wanted, source: settings },
      }, { headers: { 'idempotency-key': crypto.randomUUID() } })
      client.setQueryData(draftQuery(draft.job).queryKey, draft)
      void client.invalidateQueries({ queryKey: ['jobs'] })
      void navigate({ to: '/imports/$job/$step', params: { job: String(draft.job), step: 'upload' }, replace: true })
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  if (!object) return known.isSuccess && may.known ? <Empty title={texts.mayNot}>{texts.mayNotText}</Empty> : known.isError ? <Failure error={known.error} retry={() => void known.refetch()} /> : <SkeletonRows />
  return (
    <WizardFrame step="upload" linkTo={() => null} title={texts.title(object.pluralLabel)} about={taken ? taken.kind === 'url' ? taken.url : taken.upload.name : repeat === undefined ? '' : texts.repeats(repeat)}>
      <ObjectChoice object={object.name} objects={objects} onChoose={(name) => void navigate({ to: '/imports/new', search: { object: name }, replace: true })} />
      <DropZone busy={busy ? texts.reading : null} onSent={(upload) => void create({ kind: 'upload', upload }, {})} onAddress={(url) => void create({ kind: 'url', url }, {})} />
      {failure !== null && taken && (
        <>
          <Failure error={failure} title={taken.kind === 'url' ? texts.notFetched : texts.notRead} retry={() => void create(taken, source)} />
          {taken.kind === 'upload' && <ReadingPreview reading={null} source={source} onChange={(settings) => { setSource(settings); void create(taken, settings) }} stale={busy} />}
        </>
      )}
    </WizardFrame>
  )
}
