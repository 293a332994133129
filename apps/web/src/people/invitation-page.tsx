import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { send } from '../client/api.ts'
import { signIn } from '../client/session.ts'
import { useMutation } from '../client/use-mutation.ts'
import { Failure, SkeletonRows } from '../ui/states.tsx'
import { dateAndTime } from '../ui/time.ts'
import { words } from '../words/words.ts'
import { deadLink } from './dead-link.ts'
import { DoorPage } from './door-page.tsx'

interface Look { email: string | null; role: string; organization: string; expiresAt: string }

/** Makes the account of whoever follows an invitation. The secret stands behind the # and so never reaches a log. */
export function InvitationPage() {
  const secret = location.hash.slice(1)
  const look = useQuery({ queryKey: ['invitation', secret], queryFn: ({ signal }) => send<Look>('POST', '/v1/invitations/look', { secret }, { signal }), retry: false, staleTime: Infinity, enabled: secret !== '' })
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const given = look.data?.email ?? email
  const accept = useMutation({
    mutationFn: async () => {
      await send('POST', '/v1/invitations/accept', { secret, name, password, ...(look.data?.email ? {} : { email }) })
      await signIn(given, password)
    },
    onSuccess: () => location.assign('/'),
  })
  const texts = words.people
  if (secret === '') return <DoorPage title={texts.invitation} text={texts.cutLink}><Link to="/sign-in">{texts.toSignIn}</Link></DoorPage> // the part behind # was lost on the way
  if (look.isPending) return <DoorPage title={texts.invitation}><SkeletonRows rows={4} /></DoorPage>
  if (look.isLoadingError) return <DoorPage title={texts.invitation}><Failure error={deadLink(look.error)} title={texts.noInvitation} /></DoorPage>
  return (
    <DoorPage title={texts.join(look.data.organization)} text={texts.joinText(look.data.role, dateAndTime(look.data.expiresAt))}>
      <form onSubmit={(event) => { event.preventDefault(); accept.mutate() }}>
        {accept.isError && <Failure error={accept.error} />}
        {look.data.email ? <TextInput label={texts.email} value={look.data.email} readOnly autoComplete="username" /> : <TextInput label={texts.email} type="email" autoComplete="username" required value={email} onChange={({ currentTarget }) => setEmail(currentTarget.value)} />}
        <TextInput mt="sm" label={texts.name} autoComplete="name" required value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} />
        <PasswordInput mt="sm" label={texts.password} description={texts.passwordText} autoComplete="new-password" required value={password} onChange={({ currentTarget }) => setPassword(currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': texts.show }} />
        <Button type="submit" fullWidth mt="lg" loading={accept.isPending}>{texts.accept}</Button>
      </form>
    </DoorPage>
  )
}
