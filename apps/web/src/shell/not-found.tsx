import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Empty } from '../ui/states.tsx'
import { words } from '../words/words.ts'

export function NotFound() {
  return <Empty title={words.states.notFound} action={<Button component={Link} to="/">{words.states.toStart}</Button>}>{words.states.notFoundText}</Empty>
}
