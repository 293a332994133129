import { LinkButton } from '../ui/link-button.tsx'
import { Page } from '../ui/page.tsx'
import { words } from '../words/words.ts'

export function NotFound() {
  return <Page title={words.states.notFound}><p>{words.states.notFoundText}</p><LinkButton to="/">{words.states.toStart}</LinkButton></Page>
}
