import { Button, CopyButton, Modal, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiKeyAnswer } from '@longshore/contract'
import { send } from '../../client/api.ts'
import { meQuery } from '../../client/queries.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Empty, Failure, SkeletonRows } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { ago, dateOnly } from '../../ui/time.ts'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import { keysQuery } from '../settings-queries.ts'
import classes from '../settings.module.css'

const texts = settingsWords.keys

/** API keys of one's own: made, shown once, revoked. */
export function KeysSection() {
  const client = useQueryClient()
  const member = useQuery(meQuery).data?.member
  const keys = useQuery({ ...keysQuery, enabled: member !== null })
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKeyAnswer | null>(null)
  const revoke = useMutation({ mutationFn: (id: number) => send('DELETE', `/v1/keys/${id}`), onSuccess: async () => { await client.invalidateQueries({ queryKey: keysQuery.queryKey }); setRevoking(null) } })
  const add = <Button size="xs" onClick={() => setMaking(true)}>{texts.add}</Button>
  if (member === null) return <Empty title={texts.noMember}>{texts.noMemberText}</Empty>
  if (keys.isPending) return <SkeletonRows />
  if (keys.isLoadingError) return <Failure error={keys.error} retry={() => void keys.refetch()} />
  return (
    <>
      <p className={classes.lead}>{texts.lead}</p>
      {keys.data.length === 0 ? <Empty title={texts.none} action={add}>{texts.noneText}</Empty> : (
        <>
          <div className={classes.bar}>{add}</div>
          <div className={table.wrap}>
            <table className={table.table}>
              <thead><tr><th>{texts.name}</th><th>{texts.begins}</th><th>{texts.used}</th><th>{texts.until}</th><th><span className="visually-hidden">{texts.revoke}</span></th></tr></thead>
              <tbody>{keys.data.map((key) => (
                <tr key={key.id}><td>{key.name}</td><td className={classes.quiet}>{key.prefix}…</td><td>{key.lastUsedAt ? ago(key.lastUsedAt) : texts.never}</td><td>{dateOnly(key.expiresAt)}</td><td><div className={classes.actions}><Button size="compact-xs" variant="default" aria-label={`${texts.revoke}: ${key.name}`} onClick={() => { revoke.reset(); setRevoking(key) }}>{texts.revoke}</Button></div></td></tr>
              ))}</tbody>
            </table>
          </div>
        </>
      )}
      {making && <NewKey onClose={() => setMaking(false)} />}
      <ConfirmDialog opened={revoking !== null} title={texts.revokeTitle(revoking?.name ?? '')} button={texts.revokeButton} busy={revoke.isPending} error={revoke.error} onClose={() => setRevoking(null)} onConfirm={() => { if (revoking) revoke.mutate(revoking.id) }}>{texts.revokeText}</ConfirmDialog>
    </>
  )
}

function NewKey({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [days, setDays] = useState(90)
  const [password, setPassword] = useState('')
  const make = useMutation({ mutationFn: () => send<{ key: string }>('POST', '/v1/keys', { name: name.trim(), days, password }), onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }) })
  return (
    <Modal opened onClose={onClose} title={texts.add} closeOnClickOutside={!make.data} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {make.isError && <Failure error={make.error} />}
      {make.data ? (
        <>
          <p style={{ marginTop: 0 }}>{texts.once}</p>
          <div className={classes.secret}>{make.data.key}</div>
          <div className={classes.end}><CopyButton value={make.data.key}>{({ copied, copy }) => <Button onClick={copy} data-autofocus>{copied ? texts.copied : texts.copy}</Button>}</CopyButton><Button variant="default" onClick={onClose}>{words.buttons.close}</Button></div>
        </>
      ) : (
        <form onSubmit={(event) => { event.preventDefault(); make.mutate() }}>
          <TextInput label={texts.name} description={texts.nameText} value={name} maxLength={80} onChange={({ currentTarget }) => setName(currentTarget.value)} data-autofocus />
          <NumberInput mt="sm" label={texts.days} min={1} max={366} allowDecimal={false} value={days} onChange={(value) => { if (typeof value === 'number') setDays(value) }} />
          <PasswordInput mt="sm" label={texts.password} description={texts.passwordText} value={password} onChange={({ currentTarget }) => setPassword(currentTarget.value)} autoComplete="current-password" visibilityToggleButtonProps={{ 'aria-label': words.people.show }} />
          <Button mt="md" type="submit" loading={make.isPending} disabled={name.trim() === '' || password === ''}>{texts.make}</Button>
        </form>
      )}
    </Modal>
  )
}
