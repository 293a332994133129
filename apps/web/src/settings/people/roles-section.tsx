import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ObjectAnswer, RoleAnswer } from '@longshore/contract'
import { send } from '../../client/api.ts'
import { useMay } from '../../client/may.ts'
import { useObjects } from '../../client/queries.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { pathLabel } from '../../ui/path-label.ts'
import { Failure, SkeletonRows } from '../../ui/states.tsx'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import { rolesQuery } from '../settings-queries.ts'
import classes from '../settings.module.css'
import { RoleDialog } from './role-dialog.tsx'
import { objectRights, organizationRights, standardRoles } from './rights.ts'

const texts = settingsWords.roles

/** What each role may do, as one table; roles of the organization's own can be made and changed. */
export function RolesSection() {
  const client = useQueryClient()
  const may = useMay().organization('people')
  const objects = useObjects()
  const roles = useQuery(rolesQuery)
  const [open, setOpen] = useState<RoleAnswer | 'new' | null>(null)
  const [removing, setRemoving] = useState<RoleAnswer | null>(null)
  const remove = useMutation({ mutationFn: (name: string) => send('DELETE', `/v1/roles/${name}`), onSuccess: async () => { await client.invalidateQueries({ queryKey: rolesQuery.queryKey }); setRemoving(null) } })
  if (roles.isPending) return <SkeletonRows />
  if (roles.isLoadingError) return <Failure error={roles.error} retry={() => void roles.refetch()} />
  return (
    <>
      <p className={classes.lead}>{texts.lead}</p>
      {may && <div className={classes.bar}><Button size="xs" onClick={() => setOpen('new')}>{texts.add}</Button></div>}
      <div className={classes.matrix} tabIndex={0} role="region" aria-label={words.nav.settingsSections.roles}>
        <table>
          <thead><tr><th>{texts.right}</th>{roles.data.map((role) => <th key={role.name} scope="col">{role.label}</th>)}</tr></thead>
          <tbody>
            {objectRights.map((right) => <tr key={right}><th scope="row">{texts.objectRights[right]}</th>{roles.data.map((role) => <td key={role.name} data-of={role.label}>{onObjects(objects, role, right)}</td>)}</tr>)}
            <tr><th scope="row">{texts.scope}</th>{roles.data.map((role) => <td key={role.name} data-of={role.label}>{texts.scopes[role.scope]}</td>)}</tr>
            {organizationRights.map((right) => <tr key={right}><th scope="row">{texts.rights[right]}</th>{roles.data.map((role) => <td key={role.name} data-of={role.label}>{role.rights.includes(right) ? texts.yes : texts.no}</td>)}</tr>)}
            <tr><th scope="row">{texts.hidden}</th>{roles.data.map((role) => { const fields = Object.entries(role.hiddenFields).flatMap(([name, hidden]) => hidden.map((field) => pathLabel(objects, objects.find((one) => one.name === name), field))); return <td key={role.name} data-of={role.label}>{fields.length === 0 ? texts.no : fields.join(', ')}</td> })}</tr>
            {may && roles.data.some(({ name }) => !standardRoles.has(name)) && <tr><th scope="row"><span className="visually-hidden">{words.buttons.edit}</span></th>{roles.data.map((role) => <td key={role.name} data-of={role.label}>{!standardRoles.has(role.name) && <><Button size="compact-xs" variant="default" aria-label={`${words.buttons.edit}: ${role.label}`} onClick={() => setOpen(role)}>{words.buttons.edit}</Button> <Button size="compact-xs" variant="subtle" aria-label={`${words.buttons.remove}: ${role.label}`} onClick={() => { remove.reset(); setRemoving(role) }}>{words.buttons.remove}</Button></>}</td>)}</tr>}
          </tbody>
        </table>
      </div>
      {open !== null && <RoleDialog key={open === 'new' ? '' : open.name} role={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      <ConfirmDialog opened={removing !== null} title={texts.removeTitle(removing?.label ?? '')} button={texts.removeButton} busy={remove.isPending} error={remove.error} onClose={() => setRemoving(null)} onConfirm={() => { if (removing) remove.mutate(removing.name) }}>{texts.removeText}</ConfirmDialog>
    </>
  )
}

/** Yes or no for all objects, and those for which it is otherwise. */
function onObjects(objects: readonly ObjectAnswer[], role: RoleAnswer, right: (typeof objectRights)[number]): string {
  const usual = role.objects['*']?.includes(right) ?? false
  const otherwise = Object.entries(role.objects).filter(([object, rights]) => object !== '*' && rights.includes(right) !== usual).map(([name]) => objects.find((one) => one.name === name)?.pluralLabel ?? name)
  return otherwise.length === 0 ? usual ? texts.yes : texts.no : usual ? texts.allBut(otherwise.join(', ')) : otherwise.join(', ')
}
