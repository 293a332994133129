import { Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { signedOutEvent } from '../client/api.ts'
import { SignInForm } from '../people/sign-in-form.tsx'
import { words } from '../words/words.ts'

/** A session that ends in the middle of something: sign in over it, and go on where you were. Nothing typed is lost. */
export function SignInAgain() {
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    const ask = () => setAsked(true)
    globalThis.addEventListener(signedOutEvent, ask)
    return () => globalThis.removeEventListener(signedOutEvent, ask)
  }, [])
  return (
    <Modal opened={asked} onClose={() => setAsked(false)} title={words.people.again} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      <p style={{ marginTop: 0 }}>{words.people.againText}</p>
      <SignInForm onDone={() => setAsked(false)} />
    </Modal>
  )
}
