import { Button, CopyButton, Loader, Skeleton } from '@mantine/core'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Refusal } from '../client/problem.ts'
import { words } from '../words/words.ts'
import { plainMessage } from './plain-message.ts'
import classes from './states.module.css'

/** Nothing here yet: what this is, and the one thing to do. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <h2 className={classes.emptyTitle}>{title}</h2>
      {children && <p className={classes.emptyText}>{children}</p>}
      {action && <div className={classes.emptyAction}>{action}</div>}
    </div>
  )
}

/** What failed, what is safe, what to do; the reference is for whoever looks into the log. */
export function Failure({ error, retry, title }: { error: unknown; retry?: () => void; title?: string }) {
  const refusal = error instanceof Refusal ? error : null
  const told = refusal ?? (isTold(error) ? error : null)
  return (
    <div role="alert" className={classes.failure}>
      <CircleAlert size={18} aria-hidden className={classes.failureIcon} />
      <div className={classes.failureBody}>
        <strong>{title ?? words.states.failed}</strong>
        <p className={classes.failureText}>{told === null ? words.states.ownFault : plainMessage(told)}</p>
        {refusal && refusal.errors.length > 0 && <ul className={classes.failureList}>{refusal.errors.map((part) => <li key={part.path + part.message}>{part.message}</li>)}</ul>}
        <div className={classes.failureActions}>
          {retry && <Button size="xs" variant="default" onClick={retry}>{words.states.retry}</Button>}
          {refusal?.request && (
            <CopyButton value={refusal.request}>
              {({ copied, copy }) => <Button size="xs" variant="subtle" onClick={copy}>{copied ? words.states.copied : words.states.copyReference}</Button>}
            </CopyButton>
          )}
        </div>
      </div>
    </div>
  )
}

/** Why a job stopped, as the job keeps it. */
function isTold(error: unknown): error is { code: string; message: string } {
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error && typeof error.code === 'string' && typeof error.message === 'string'
}

/** Rows where rows will be: the layout stays. Nothing shows for what takes a moment only. */
export function SkeletonRows({ rows = 8, height = 20 }: { rows?: number; height?: number }) {
  const shown = useLate()
  return (
    <div role="status" aria-label={words.states.loading} className={classes.skeletons}>
      {shown && Array.from({ length: rows }, (_, index) => <Skeleton key={index} height={height} radius="sm" width={`${96 - (index * 13) % 30}%`} />)}
    </div>
  )
}

export function Waiting({ children }: { children: ReactNode }) {
  return <div role="status" aria-label={words.states.loading} className={classes.waiting}><Loader size="xs" type="dots" aria-hidden />{children}</div>
}

/** True after 150 ms: anything that is there sooner needs no sign of waiting. */
function useLate(): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return late
}
