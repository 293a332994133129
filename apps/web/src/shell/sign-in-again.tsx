import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { signedOutEvent } from '../client/api.ts'
import { meQuery } from '../client/queries.ts'
import { SignInForm } from '../people/sign-in-form.tsx'
import { words } from '../words/words.ts'

/** A session that ends in the middle of something: sign in over it, and go on where you were. Nothing typed is lost. */
export function SignInAgain() {
  const [asked, setAsked] = useState(false)
  // whoever comes without a session has typed nothing yet
  const wasIn = useQuery(meQuery).data !== undefined
  useEffect(() => {
    const ask = () => setAsked(true)
    globalThis.addEventListener(signedOutEvent, ask)
    return () => globalThis.removeEventListener(signedOutEvent, ask)
  }, [])
  return (
    <Modal opened={asked} onClose={() => setAsked(false)} title={words.people.again} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      <p style={{ marginTop: 0 }}>{wasIn ? words.people.againText : words.people.firstText}</p>
      <SignInForm onDone={() => setAsked(false)} />
      <p><Link to="/password-reset">{words.people.forgot}</Link></p>
    </Modal>
  )
}
