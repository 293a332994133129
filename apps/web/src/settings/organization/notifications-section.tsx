import { Button, Checkbox, NumberInput, PasswordInput, Switch, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, send } from '../../client/api.ts'
import { useMay } from '../../client/may.ts'
import { meQuery } from '../../client/queries.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Failure, SkeletonRows } from '../../ui/states.tsx'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import classes from '../settings.module.css'

const texts = settingsWords.notifications
interface MailServer { host: string; port: number; secure: boolean; username: string | null; hasPassword: boolean; sender: string }

/** Who is told by e-mail, and by what server e-mails leave. */
export function NotificationsSection() {
  const may = useMay().organization('settings')
  const member = useQuery(meQuery).data?.member
  return (
    <>
      <p className={classes.lead}>{texts.lead}</p>
      {member ? <MyWish /> : <p className={classes.lead}>{texts.noMember}</p>}
      {may && <Server />}
    </>
  )
}

function MyWish() {
  const client = useQueryClient()
  const wish = useQuery({ queryKey: ['my-mail'], queryFn: ({ signal }) => get<{ mail: boolean; sent: boolean }>('/v1/me/mail', {}, signal) })
  const change = useMutation({ mutationFn: (mail: boolean) => send<{ mail: boolean; sent: boolean }>('PUT', '/v1/me/mail', { mail }), onSuccess: (now) => client.setQueryData(['my-mail'], now) })
  if (wish.isPending) return <SkeletonRows rows={1} />
  if (wish.isLoadingError) return <Failure error={wish.error} retry={() => void wish.refetch()} />
  return <>{change.isError && <Failure error={change.error} />}<Switch size="md" label={texts.mine} description={wish.data.sent ? texts.mineText : texts.notSent} checked={wish.data.mail} disabled={change.isPending} onChange={({ currentTarget }) => change.mutate(currentTarget.checked)} /></>
}

function Server() {
  const found = useQuery({ queryKey: ['mail-server'], queryFn: async ({ signal }) => (await get<{ server: MailServer | null }>('/v1/mail-server', {}, signal)).server })
  if (found.isPending) return <SkeletonRows rows={4} />
  if (found.isLoadingError) return <Failure error={found.error} retry={() => void found.refetch()} />
  return <ServerForm key={JSON.stringify(found.data)} server={found.data} />
}

function ServerForm({ server }: { server: MailServer | null }) {
  const client = useQueryClient()
  const [draft, setDraft] = useState({ host: server?.host ?? '', port: server?.port ?? 587, secure: server?.secure ?? false, username: server?.username ?? '', sender: server?.sender ?? '', password: '' })
  const [removing, setRemoving] = useState(false)
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const settled = () => Promise.all([client.invalidateQueries({ queryKey: ['mail-server'] }), client.invalidateQueries({ queryKey: ['my-mail'] })])
  const save = useMutation({ mutationFn: () => { const { password, username, ...rest } = draft; return send('PUT', '/v1/mail-server', { ...rest, username: username.trim() || null, ...(password === '' ? {} : { password }) }) }, onSuccess: async () => { await settled(); notifications.show({ message: words.states.saved }) } })
  const tryIt = useMutation({ mutationFn: () => send<{ to: string }>('POST', '/v1/mail-server/try'), onSuccess: ({ to }) => notifications.show({ message: texts.tried(to) }) })
  const remove = useMutation({ mutationFn: () => send('DELETE', '/v1/mail-server'), onSuccess: async () => { setRemoving(false); await settled() } })
  const failure = save.error ?? tryIt.error
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate() }}>
      <h2 className={classes.heading}>{texts.server}</h2>
      {failure && <Failure error={failure} />}
      <div className={classes.fields}>
        <TextInput label={texts.host} placeholder="smtp.example.com" value={draft.host} onChange={({ currentTarget }) => set({ host: currentTarget.value })} />
        <NumberInput label={texts.port} min={1} max={65_535} allowDecimal={false} value={draft.port} onChange={(value) => { if (typeof value === 'number') set({ port: value }) }} />
        <TextInput label={texts.sender} placeholder="Longshore <crm@example.com>" value={draft.sender} onChange={({ currentTarget }) => set({ sender: currentTarget.value })} />
        <TextInput label={texts.username} value={draft.username} autoComplete="off" onChange={({ currentTarget }) => set({ username: currentTarget.value })} />
        <PasswordInput label={texts.password} description={server?.hasPassword ? texts.kept : undefined} value={draft.password} autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': words.people.show }} onChange={({ currentTarget }) => set({ password: currentTarget.value })} />
      </div>
      <Checkbox mt="md" label={texts.secure} description={texts.secureText} checked={draft.secure} onChange={({ currentTarget }) => set({ secure: currentTarget.checked })} />
      <div className={classes.bar} style={{ marginTop: 16 }}>
        <Button type="submit" loading={save.isPending} disabled={draft.host.trim() === '' || draft.sender.trim() === ''}>{texts.save}</Button>
        {server && <Button variant="default" loading={tryIt.isPending} onClick={() => tryIt.mutate()}>{texts.tryIt}</Button>}
        {server && <Button variant="subtle" onClick={() => setRemoving(true)}>{texts.remove}</Button>}
      </div>
      <ConfirmDialog opened={removing} title={texts.removeTitle} button={texts.remove} busy={remove.isPending} error={remove.error} onClose={() => setRemoving(false)} onConfirm={() => remove.mutate()}>{texts.removeText}</ConfirmDialog>
    </form>
  )
}
