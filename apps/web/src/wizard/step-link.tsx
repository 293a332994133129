import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { LinkButton } from '../ui/link-button.tsx'
import type { Step } from './wizard-frame.tsx'

/** Where a step is: at the job, which is there from the moment its file is. */
export interface StepPlace { job: number; step: Step }

export function StepLink({ place: { job, step }, children }: { place: StepPlace; children: ReactNode }) {
  return <Link to="/imports/$job/$step" params={{ job: String(job), step }}>{children}</Link>
}

export function StepButton({ place: { job, step }, children }: { place: StepPlace; children: ReactNode }) {
  return <LinkButton variant="default" to="/imports/$job/$step" params={{ job: String(job), step }}>{children}</LinkButton>
}
