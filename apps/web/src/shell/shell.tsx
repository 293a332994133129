import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { Refusal } from '../client/problem.ts'
import { meQuery } from '../client/queries.ts'
import { Page } from '../ui/page.tsx'
import { words } from '../words/words.ts'
import { later } from './later.tsx'
import { Navigation } from './navigation.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { TopBar } from './top-bar.tsx'
import { useShellKeys } from './use-shell-keys.ts'
import classes from './shell.module.css'

const Commands = later(async () => (await import('./commands.tsx')).Commands)
const KeysDialog = later(async () => (await import('./keys-dialog.tsx')).KeysDialog)

/** Navigation, top bar and the page between them. */
export function Shell() {
  const [navOpen, setNavOpen] = useState(false)
  const [commandsOpen, setCommandsOpen] = useState(false)
  const [keysOpen, setKeysOpen] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const main = useRef<HTMLElement>(null)
  const signedOut = useSignedOut()
  useShellKeys({ commands: () => setCommandsOpen(true), keys: () => setKeysOpen(true) })

  const firstPath = useRef(path)
  useEffect(() => {
    setNavOpen(false)
    if (firstPath.current === path) return
    firstPath.current = ''
    // a new page begins at its heading, for those who hear the page, too
    requestAnimationFrame(() => (main.current?.querySelector<HTMLElement>('h1') ?? main.current)?.focus({ preventScroll: true }))
  }, [path])

  return (
    <div className={classes.shell} data-nav={navOpen || undefined}>
      <a href="#main" className={classes.skip}>{words.nav.skip}</a>
      <Navigation onLeave={() => setNavOpen(false)} />
      {navOpen && <button type="button" className={classes.scrim} aria-label={words.buttons.close} onClick={() => setNavOpen(false)} />}
      <div className={classes.column}>
        <TopBar onNavigation={() => setNavOpen(true)} onCommands={() => setCommandsOpen(true)} onKeys={() => setKeysOpen(true)} />
        <main id="main" ref={main} tabIndex={-1} className={classes.main}>{signedOut ? <SignedOut /> : <Outlet />}</main>
      </div>
      <Commands opened={commandsOpen} onClose={() => setCommandsOpen(false)} />
      <SignInAgain />
      <KeysDialog opened={keysOpen} onClose={() => setKeysOpen(false)} />
    </div>
  )
}

/** Whoever came without a session: no page is asked for that nobody would get. A session that ends later leaves the page as it is. */
function useSignedOut(): boolean {
  const { data, error } = useQuery(meQuery)
  return data === undefined && error instanceof Refusal && error.status === 401
}

/** Behind the box for signing in. */
function SignedOut() {
  return <Page title={words.people.again}><p>{words.people.firstText}</p><p><Link to="/sign-in">{words.people.signIn}</Link></p></Page>
}
