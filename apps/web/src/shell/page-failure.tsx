import type { ErrorComponentProps } from '@tanstack/react-router'
import { Failure } from '../ui/states.tsx'

/** A page that broke: the navigation around it still works. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  return <div style={{ padding: 24 }}><Failure error={error} retry={reset} /></div>
}
