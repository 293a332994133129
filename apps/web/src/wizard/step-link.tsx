import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { LinkButton } from '../ui/link-button.tsx'

/** Where a step is: before there is a job in its draft, afterwards at the job. */
export type StepPlace = { kind: 'draft'; search: { draft: string; step?: 'map' | 'match' } } | { kind: 'job'; job: number; step: 'check' | 'run' }

export function StepLink({ place, children }: { place: StepPlace; children: ReactNode }) {
  return place.kind === 'draft' ? <Link to="/imports/new" search={place.search}>{children}</Link> : <Link to="/imports/$job/$step" params={{ job: String(place.job), step: place.step }}>{children}</Link>
}

export function StepButton({ place, children }: { place: StepPlace; children: ReactNode }) {
  return place.kind === 'draft'
    ? <LinkButton variant="default" to="/imports/new" search={place.search}>{children}</LinkButton>
    : <LinkButton variant="default" to="/imports/$job/$step" params={{ job: String(place.job), step: place.step }}>{children}</LinkButton>
}
