import { Button, PasswordInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, send } from '../../client/api.ts'
import { meQuery } from '../../client/queries.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { Empty, Failure, SkeletonRows } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { dateAndTime } from '../../ui/time.ts'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import classes from '../settings.module.css'

const texts = settingsWords.account
interface Session { id: string; createdAt: string; expiresAt: string; browser: string | null; current: boolean }

/** One's own password, and where one is signed in. */
export function AccountSection() {
  const member = useQuery(meQuery).data?.member
  if (!member) return <Empty title={texts.noMember}>{texts.noMemberText}</Empty>
  return <><p className={classes.lead}>{member.name} · {member.email}</p><PasswordForm /><Sessions /></>
}

function PasswordForm() {
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({ mutationFn: () => send('PUT', '/v1/me/password', { current, next }), onSuccess: async () => { setCurrent(''); setNext(''); notifications.show({ message: texts.changed }); await client.invalidateQueries({ queryKey: ['sessions'] }) } })
  const show = { 'aria-label': words.people.show }
  return (
    <form onSubmit={(event) => { event.preventDefault(); change.mutate() }}>
      <h2 className={classes.heading} style={{ marginTop: 0 }}>{texts.password}</h2>
      {change.isError && <Failure error={change.error} />}
      <div className={classes.fields}>
        <PasswordInput label={texts.current} autoComplete="current-password" value={current} onChange={({ currentTarget }) => setCurrent(currentTarget.value)} visibilityToggleButtonProps={show} />
        <PasswordInput label={texts.next} description={words.people.passwordText} autoComplete="new-password" value={next} onChange={({ currentTarget }) => setNext(currentTarget.value)} visibilityToggleButtonProps={show} />
      </div>
      <Button mt="md" type="submit" loading={change.isPending} disabled={current === '' || next === ''}>{texts.change}</Button>
    </form>
  )
}

function Sessions() {
  const client = useQueryClient()
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: async ({ signal }) => (await get<{ sessions: Session[] }>('/v1/me/sessions', {}, signal)).sessions })
  const end = useMutation({ mutationFn: (id: string) => send('DELETE', `/v1/me/sessions/${id}`), onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }) })
  return (
    <>
      <h2 className={classes.heading}>{texts.sessions}</h2>
      {end.isError && <Failure error={end.error} />}
      {sessions.isPending && <SkeletonRows rows={2} />}
      {sessions.isError && <Failure error={sessions.error} retry={() => void sessions.refetch()} />}
      {sessions.data && (
        <div className={table.wrap}>
          <table className={table.table}>
            <thead><tr><th>{texts.browser}</th><th>{texts.since}</th><th><span className="visually-hidden">{texts.end}</span></th></tr></thead>
            <tbody>{sessions.data.map((session) => (
              <tr key={session.id}><td style={{ overflowWrap: 'anywhere' }}>{session.browser ?? texts.unknown}{session.current && <span className={classes.quiet}> · {texts.here}</span>}</td><td>{dateAndTime(session.createdAt)}</td><td><div className={classes.actions}>{!session.current && <Button size="compact-xs" variant="default" loading={end.isPending && end.variables === session.id} onClick={() => end.mutate(session.id)}>{texts.end}</Button>}</div></td></tr>
            ))}</tbody>
          </table>
        </div>
      )}
    </>
  )
}
