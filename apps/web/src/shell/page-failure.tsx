import { useRouter } from '@tanstack/react-router'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Failure } from '../ui/states.tsx'

/** A page that broke, or that did not come: the navigation around it still works. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  return <div style={{ padding: 24 }}><Failure error={error} retry={() => { reset(); void router.invalidate() }} /></div>
}
