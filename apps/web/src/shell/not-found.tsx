import { LinkButton } from '../ui/link-button.tsx'
import { Page } from '../ui/page.tsx'
import { words } from '../words/words.ts'

/** An address that no page has: nothing stands around it, so it is the main part itself. */
export function NoSuchAddress() {
  return <main><NotFound /></main>
}

export function NotFound() {
  return <Page title={words.states.notFound}><p>{words.states.notFoundText}</p><LinkButton to="/">{words.states.toStart}</LinkButton></Page>
}
