import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useObject } from '../client/queries.ts'
import { SkeletonRows } from '../ui/states.tsx'
import { size } from '../ui/number.ts'
import { useDraft } from './draft.ts'
import { MapStep } from './map/map-step.tsx'
import { MatchStep } from './match/match-step.tsx'
import { UploadStep } from './upload/upload-step.tsx'
import type { StepPlace } from './step-link.tsx'
import type { Step } from './wizard-frame.tsx'

/** The steps before there is a job. */
export function NewImportPage() {
  const navigate = useNavigate()
  const { draft: id, step = 'upload', object: wanted = 'contacts' } = useSearch({ from: '/shell/imports/new' })
  const draft = useDraft(id ?? '')
  const object = useObject(draft?.object ?? wanted)
  useEffect(() => {
    if (id === undefined) void navigate({ to: '/imports/new', search: { draft: crypto.randomUUID(), ...(wanted === 'contacts' ? {} : { object: wanted }) }, replace: true })
  }, [id, wanted, navigate])
  if (id === undefined) return null
  const linkTo = (to: Step): StepPlace | null => {
    if (to === 'upload') return { kind: 'draft', search: { draft: id } }
    if (draft?.file && (to === 'map' || (to === 'match' && draft.columns.length > 0))) return { kind: 'draft', search: { draft: id, step: to } }
    return null
  }
  if (step === 'upload' || !draft?.file) return <UploadStep id={id} draft={draft} object={wanted} linkTo={linkTo} />
  if (!object) return <SkeletonRows />
  const about = 'upload' in draft.file ? `${draft.file.name} · ${size(draft.file.sizeBytes)} · ${object.pluralLabel}` : draft.file.url
  return step === 'map' ? <MapStep id={id} draft={draft} object={object} linkTo={linkTo} about={about} /> : <MatchStep id={id} draft={draft} object={object} linkTo={linkTo} about={about} />
}
