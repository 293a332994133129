import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import CirclePause from 'lucide-react/icons/circle-pause'
import CircleX from 'lucide-react/icons/circle-x'
import Clock from 'lucide-react/icons/clock'
import Eye from 'lucide-react/icons/eye'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import Undo2 from 'lucide-react/icons/undo-2'
import type { ComponentType } from 'react'
import { words } from '../words/words.ts'
import classes from './state-mark.module.css'

const looks: Record<string, { icon: ComponentType<{ size?: number }>; tone: string }> = {
  draft: { icon: CircleDashed, tone: 'quiet' }, checking: { icon: LoaderCircle, tone: 'info' }, planned: { icon: Eye, tone: 'info' }, queued: { icon: CircleDashed, tone: 'info' }, scheduled: { icon: Clock, tone: 'info' },
  interrupted: { icon: CirclePause, tone: 'warn' }, running: { icon: LoaderCircle, tone: 'info' }, paused: { icon: CirclePause, tone: 'warn' }, done: { icon: CircleCheck, tone: 'good' }, cancelled: { icon: CircleX, tone: 'quiet' },
  failed: { icon: CircleX, tone: 'bad' }, undoing: { icon: LoaderCircle, tone: 'info' }, undone: { icon: Undo2, tone: 'quiet' },
}

/** A job's state: a word with its sign, never colour alone. */
export function StateMark({ state: known, interrupted = false }: { state: string; interrupted?: boolean }) {
  const state = interrupted ? 'interrupted' : known
  const { icon: Icon, tone } = looks[state] ?? { icon: CircleDashed, tone: 'quiet' }
  const names: Record<string, string> = words.jobs.states
  return <span className={classes.mark} data-tone={tone} data-state={state}><Icon size={14} aria-hidden />{names[state] ?? state}</span>
}
