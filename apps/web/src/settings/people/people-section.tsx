import { Button, CopyButton, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MemberAnswer } from '@longshore/contract'
import { send } from '../../client/api.ts'
import { useMay } from '../../client/may.ts'
import { meQuery } from '../../client/queries.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Failure, SkeletonRows } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { dateOnly } from '../../ui/time.ts'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import { invitationsQuery, membersQuery, rolesQuery } from '../settings-queries.ts'
import classes from '../settings.module.css'

const texts = settingsWords.people

/** Members with their roles and teams, and invitations that wait. */
export function PeopleSection() {
  const may = useMay().organization('people')
  const members = useQuery(membersQuery)
  const [inviting, setInviting] = useState(false)
  if (members.isPending) return <SkeletonRows />
  if (members.isLoadingError) return <Failure error={members.error} retry={() => void members.refetch()} />
  return (
    <>
      <p className={classes.lead}>{texts.lead}</p>
      {may && <div className={classes.bar}><Button size="xs" onClick={() => setInviting(true)}>{texts.invite}</Button></div>}
      <Members members={members.data} may={may} />
      {may && <Invitations />}
      {inviting && <InviteDialog first={!members.data.some(({ hasAccount }) => hasAccount)} onClose={() => setInviting(false)} />}
    </>
  )
}

function Members({ members, may }: { members: MemberAnswer[]; may: boolean }) {
  const client = useQueryClient()
  const me = useQuery(meQuery).data?.member?.id
  const roles = useQuery(rolesQuery).data ?? []
  const [removing, setRemoving] = useState<MemberAnswer | null>(null)
  const settled = () => client.invalidateQueries({ queryKey: membersQuery.queryKey })
  const change = useMutation({ mutationFn: ({ id, ...body }: { id: number; role?: string; teams?: string[] }) => send('PATCH', `/v1/members/${id}`, body), onSettled: settled })
  const remove = useMutation({ mutationFn: (id: number) => send('DELETE', `/v1/members/${id}`), onSuccess: async () => { await settled(); setRemoving(null) } })
  return (
    <>
      {change.isError && <Failure error={change.error} />}
      <div className={table.wrap} tabIndex={0} role="region" aria-label={words.nav.settingsSections.people}>
        <table className={`${table.table} ${table.stacked}`}>
          <thead><tr><th>{texts.name}</th><th>{texts.role}</th><th>{texts.teams}</th><th><span className="visually-hidden">{words.buttons.remove}</span></th></tr></thead>
          <tbody>{members.map((member) => (
            <tr key={member.id}>
              <td><strong>{member.name}</strong>{member.id === me && <span className={classes.quiet}> · {texts.you}</span>}<div className={classes.quiet}>{member.email}{!member.hasAccount && ` · ${texts.noAccount}`}</div></td>
              <td data-label={texts.role}>{may ? <NativeSelect size="xs" miw={110} aria-label={texts.roleOf(member.name)} value={member.role} onChange={({ currentTarget }) => change.mutate({ id: member.id, role: currentTarget.value })} data={roles.map((role) => ({ value: role.name, label: role.label }))} /> : roles.find((role) => role.name === member.role)?.label ?? member.role}</td>
              <td data-label={texts.teams}>{may ? <TextInput size="xs" miw={130} aria-label={texts.teamsOf(member.name)} placeholder={texts.noTeam} defaultValue={member.teams.join(', ')} key={member.teams.join()} onBlur={({ currentTarget: { value } }) => { const teams = [...new Set(value.split(',').map((team) => team.trim()).filter(Boolean))]; if (teams.join() !== member.teams.join()) change.mutate({ id: member.id, teams }) }} /> : member.teams.join(', ')}</td>
              <td><div className={classes.actions}>{may && member.id !== me && <Button size="compact-xs" variant="subtle" aria-label={texts.removeOf(member.name)} onClick={() => { remove.reset(); setRemoving(member) }}>{words.buttons.remove}</Button>}</div></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      <ConfirmDialog opened={removing !== null} title={texts.removeTitle(removing?.name ?? '')} button={texts.removeButton} busy={remove.isPending} error={remove.error} onClose={() => setRemoving(null)} onConfirm={() => { if (removing) remove.mutate(removing.id) }}>{texts.removeText}</ConfirmDialog>
    </>
  )
}

function Invitations() {
  const client = useQueryClient()
  const invitations = useQuery(invitationsQuery)
  const roles = useQuery(rolesQuery).data ?? []
  const withdraw = useMutation({ mutationFn: (id: number) => send('DELETE', `/v1/invitations/${id}`), onSettled: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }) })
  if (!invitations.data || invitations.data.length === 0) return null
  return (
    <>
      <h2 className={classes.heading}>{texts.invitations}</h2>
      <p className={classes.lead}>{texts.invitationsText}</p>
      {withdraw.isError && <Failure error={withdraw.error} />}
      <div className={table.wrap}>
        <table className={table.table}>
          <thead><tr><th>{texts.email}</th><th className={table.wide}>{texts.role}</th><th>{texts.until}</th><th><span className="visually-hidden">{texts.withdraw}</span></th></tr></thead>
          <tbody>{invitations.data.map((one) => (
            <tr key={one.id}><td>{one.email ?? <span className={classes.quiet}>{texts.noEmail}</span>}</td><td className={table.wide}>{roles.find((role) => role.name === one.role)?.label ?? one.role}</td><td>{dateOnly(one.expiresAt)}</td><td><div className={classes.actions}><Button size="compact-xs" variant="default" aria-label={`${texts.withdraw}: ${one.email ?? texts.noEmail}`} loading={withdraw.isPending && withdraw.variables === one.id} onClick={() => withdraw.mutate(one.id)}>{texts.withdraw}</Button></div></td></tr>
          ))}</tbody>
        </table>
      </div>
    </>
  )
}

/** `first`: nobody has an account yet, so that the first one has to be an admin's. */
function InviteDialog({ first, onClose }: { first: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const roles = useQuery(rolesQuery).data ?? []
  const [email, setEmail] = useState('')
  const [role, setRole] = useState(first ? 'admin' : 'member')
  const invite = useMutation({ mutationFn: () => send<{ path: string }>('POST', '/v1/invitations', { email: email.trim(), role }), onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }) })
  const link = invite.data && `${location.origin}${invite.data.path}`
  return (
    <Modal opened onClose={onClose} title={texts.invite} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {invite.isError && <Failure error={invite.error} />}
      {link ? (
        <>
          <p style={{ marginTop: 0 }}>{texts.link(email.trim())}</p>
          <div className={classes.secret}>{link}</div>
          <div className={classes.end}><CopyButton value={link}>{({ copied, copy }) => <Button onClick={copy} data-autofocus>{copied ? texts.copied : texts.copy}</Button>}</CopyButton><Button variant="default" onClick={onClose}>{words.buttons.close}</Button></div>
        </>
      ) : (
        <form onSubmit={(event) => { event.preventDefault(); invite.mutate() }}>
          {first && <p style={{ marginTop: 0 }}>{texts.first}</p>}
          <TextInput label={texts.email} type="email" placeholder="ann@example.com" value={email} onChange={({ currentTarget }) => setEmail(currentTarget.value)} data-autofocus />
          <NativeSelect mt="sm" label={texts.role} value={role} onChange={({ currentTarget }) => setRole(currentTarget.value)} data={roles.map((one) => ({ value: one.name, label: one.label }))} />
          <Button mt="md" type="submit" loading={invite.isPending} disabled={!email.includes('@')}>{texts.make}</Button>
        </form>
      )}
    </Modal>
  )
}
