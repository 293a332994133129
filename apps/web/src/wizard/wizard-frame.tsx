import { Button } from '@mantine/core'
import Check from 'lucide-react/icons/check'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTitle } from '../ui/page.tsx'
import { importWords } from '../words/imports.ts'
import { words } from '../words/words.ts'
import { StepButton, StepLink } from './step-link.tsx'
import type { StepPlace } from './step-link.tsx'
import classes from './wizard.module.css'

export const steps = ['upload', 'map', 'match', 'check', 'run'] as const
export type Step = (typeof steps)[number]

export interface WizardFrameProps {
  step: Step
  /** Where a step is opened; null: it cannot be yet. */
  linkTo: (step: Step) => StepPlace | null
  /** File name, rows. */
  about: ReactNode
  /** The step's heading. */
  title: string
  status?: ReactNode
  main?: { label: string; run: () => void; disabled?: boolean; loading?: boolean; danger?: boolean } | null
  /** Beside the main button. */
  extra?: ReactNode
  keys?: [string, string][]
  fill?: boolean
  children: ReactNode
}

/** Steps above, the step itself, and below where it leads: Back, what is saved, the main action (Ctrl+Enter). */
export function WizardFrame({ step, linkTo, about, title, status, main, extra, keys, fill = false, children }: WizardFrameProps) {
  useTitle(`${importWords.steps[step]} · ${importWords.title}`)
  const heading = useRef<HTMLHeadingElement>(null)
  // not where the browser itself has just opened the page: nobody came from a step before
  useEffect(() => { if (navigator.userActivation?.hasBeenActive ?? true) heading.current?.focus({ preventScroll: true }) }, [step])
  const latest = useRef(main)
  latest.current = main
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && latest.current && !latest.current.disabled && !latest.current.loading && !document.querySelector('[role=dialog]')) { event.preventDefault(); latest.current.run() }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  const at = steps.indexOf(step)
  const back = at > 0 ? linkTo(steps[at - 1] ?? 'upload') : null
  return (
    <div className={classes.wizard} data-page-keys={JSON.stringify(keys ?? [])}>
      <nav aria-label={importWords.stepsLabel} className={classes.steps}>
        <ol>
          {steps.map((name, index) => {
            const link = name === step ? null : linkTo(name)
            const state = name === step ? 'current' : index < at ? 'done' : 'ahead'
            const inside = <><span className={classes.stepNumber}>{state === 'done' ? <Check size={12} aria-hidden /> : index + 1}</span><span className={classes.stepName}>{importWords.steps[name]}</span><span className="visually-hidden">{importWords.stepStates[state]}</span></>
            return <li key={name} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>{link ? <StepLink place={link}>{inside}</StepLink> : <span>{inside}</span>}</li>
          })}
        </ol>
        <div className={classes.about}>{about}</div>
      </nav>
      <div className={classes.content} data-step={step} data-fill={fill || undefined}>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>{title}</h1>
        {children}
      </div>
      <footer className={classes.footer}>
        {back ? <StepButton place={back}>{words.buttons.back}</StepButton> : <span />}
        <span className={classes.status} role="status">{status}</span>
        {extra}
        {main && <Button onClick={main.run} disabled={main.disabled ?? false} loading={main.loading ?? false} {...(main.danger ? { color: 'red' } : {})}>{main.label}</Button>}
      </footer>
    </div>
  )
}
