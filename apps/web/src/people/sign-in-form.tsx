import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { signIn } from '../client/session.ts'
import { useMutation } from '../client/use-mutation.ts'
import { Failure } from '../ui/states.tsx'
import { words } from '../words/words.ts'

export function SignInForm({ onDone }: { onDone: () => void }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const entry = useMutation({ mutationFn: () => signIn(email, password), onSuccess: onDone })
  return (
    <form onSubmit={(event) => { event.preventDefault(); entry.mutate() }}>
      {entry.isError && <Failure error={entry.error} title={words.people.refused} />}
      <TextInput label={words.people.email} type="email" autoComplete="username" required value={email} onChange={({ currentTarget }) => setEmail(currentTarget.value)} data-autofocus />
      <PasswordInput mt="sm" label={words.people.password} autoComplete="current-password" required value={password} onChange={({ currentTarget }) => setPassword(currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': words.people.show }} />
      <Button type="submit" fullWidth mt="lg" loading={entry.isPending}>{words.people.signIn}</Button>
    </form>
  )
}
