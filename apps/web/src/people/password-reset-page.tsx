import { Button, PasswordInput, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { send } from '../client/api.ts'
import { useMutation } from '../client/use-mutation.ts'
import { Failure } from '../ui/states.tsx'
import { words } from '../words/words.ts'
import { deadLink } from './dead-link.ts'
import { DoorPage } from './door-page.tsx'

const texts = words.people

/** A forgotten password: asks for a link, and takes a new password from whoever follows one. The secret stands behind the #. */
export function PasswordResetPage() {
  const secret = location.hash.slice(1)
  return secret === '' ? <AskForLink /> : <NewPassword secret={secret} />
}

function AskForLink() {
  const [email, setEmail] = useState('')
  const ask = useMutation({ mutationFn: () => send('POST', '/v1/password-reset', { email: email.trim() }) })
  return (
    <DoorPage title={texts.forgotten} text={ask.isSuccess ? texts.linkSent : texts.forgottenText}>
      {ask.isError && <Failure error={ask.error} />}
      {!ask.isSuccess && (
        <form onSubmit={(event) => { event.preventDefault(); ask.mutate() }}>
          <TextInput label={texts.email} type="email" autoComplete="username" required value={email} onChange={({ currentTarget }) => setEmail(currentTarget.value)} />
          <Button type="submit" fullWidth mt="lg" loading={ask.isPending}>{texts.sendLink}</Button>
        </form>
      )}
      <p><Link to="/sign-in">{texts.toSignIn}</Link></p>
    </DoorPage>
  )
}

function NewPassword({ secret }: { secret: string }) {
  const [password, setPassword] = useState('')
  const accept = useMutation({ mutationFn: () => send('POST', '/v1/password-reset/accept', { secret, password }) })
  return (
    <DoorPage title={texts.newPassword} text={accept.isSuccess ? texts.passwordSet : ''}>
      {accept.isError && <Failure error={deadLink(accept.error)} title={texts.noInvitation} />}
      {!accept.isSuccess && (
        <form onSubmit={(event) => { event.preventDefault(); accept.mutate() }}>
          <PasswordInput label={texts.newPassword} description={texts.passwordText} autoComplete="new-password" required value={password} onChange={({ currentTarget }) => setPassword(currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': texts.show }} />
          <Button type="submit" fullWidth mt="lg" loading={accept.isPending}>{texts.setPassword}</Button>
        </form>
      )}
      <p><Link to="/sign-in">{texts.toSignIn}</Link></p>
    </DoorPage>
  )
}
