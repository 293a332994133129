import { Button, Checkbox, Modal, MultiSelect, NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RoleAnswer } from '@longshore/contract'
import { send } from '../../client/api.ts'
import { useObjects } from '../../client/queries.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { Failure } from '../../ui/states.tsx'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import { apiName } from '../objects/api-name.ts'
import { rolesQuery } from '../settings-queries.ts'
import classes from '../settings.module.css'
import { objectRights, organizationRights, recordScopes } from './rights.ts'

const texts = settingsWords.roles

/** A role of the organization's own: rights on records of each object, rights over the organization, fields that it does not see. */
export function RoleDialog({ role, onClose }: { role: RoleAnswer | null; onClose: () => void }) {
  const client = useQueryClient()
  const objects = useObjects()
  const [draft, setDraft] = useState<Omit<RoleAnswer, 'name'>>(() => role ? { label: role.label, rights: role.rights, objects: role.objects, hiddenFields: role.hiddenFields, scope: role.scope } : { label: '', rights: [], objects: { '*': ['read'] }, hiddenFields: {}, scope: 'all' })
  const name = role?.name ?? apiName(draft.label).replaceAll('_', '-')
  const save = useMutation({ mutationFn: () => send('PUT', `/v1/roles/${name}`, draft), onSuccess: async () => { await client.invalidateQueries({ queryKey: rolesQuery.queryKey }); onClose() } })
  const rightsOf = (object: string) => draft.objects[object] ?? draft.objects['*'] ?? []
  const toggle = (object: string, right: (typeof objectRights)[number]) => {
    const before = rightsOf(object)
    const after = before.includes(right) ? before.filter((one) => one !== right) : [...before, right]
    const all = draft.objects['*'] ?? []
    const { [object]: _, ...rest } = draft.objects
    const asAll = object !== '*' && after.length === all.length && after.every((one) => all.includes(one))
    setDraft({ ...draft, objects: asAll ? rest : { ...draft.objects, [object]: after } })
  }
  const fields = objects.map((object) => ({ group: object.pluralLabel, items: object.fields.filter((field) => field.companionOf === undefined && field.name !== object.nameField).map((field) => ({ value: `${object.name}.${field.name}`, label: `${object.pluralLabel}: ${field.label}` })) }))
  return (
    <Modal opened onClose={onClose} size="xl" title={role ? texts.editTitle(role.label) : texts.add} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {save.isError && <Failure error={save.error} />}
      <form onSubmit={(event) => { event.preventDefault(); save.mutate() }}>
        <div className={classes.fields}>
          <TextInput label={texts.label} value={draft.label} maxLength={80} onChange={({ currentTarget }) => setDraft({ ...draft, label: currentTarget.value })} data-autofocus />
          <NativeSelect label={texts.scope} value={draft.scope} onChange={({ currentTarget }) => setDraft({ ...draft, scope: currentTarget.value as RoleAnswer['scope'] })} data={recordScopes.map((scope) => ({ value: scope, label: texts.scopes[scope] }))} />
        </div>
        <h3 className={classes.heading}>{texts.onRecords}</h3>
        <div className={classes.matrix} tabIndex={0} role="region" aria-label={texts.onRecords}>
          <table>
            <thead><tr><th>{texts.object}</th>{objectRights.map((right) => <th key={right} scope="col">{texts.objectRights[right]}</th>)}</tr></thead>
            <tbody>{[{ name: '*', pluralLabel: texts.allObjects }, ...objects].map((object) => (
              <tr key={object.name}><th scope="row">{object.pluralLabel}</th>{objectRights.map((right) => <td key={right}><Checkbox styles={{ body: { justifyContent: 'center' } }} aria-label={`${object.pluralLabel}: ${texts.objectRights[right]}`} checked={rightsOf(object.name).includes(right)} onChange={() => toggle(object.name, right)} /></td>)}</tr>
            ))}</tbody>
          </table>
        </div>
        <h3 className={classes.heading}>{texts.overAll}</h3>
        <div className={classes.fields}>{organizationRights.map((right) => <Checkbox key={right} label={texts.rights[right]} checked={draft.rights.includes(right)} onChange={({ currentTarget: { checked } }) => setDraft({ ...draft, rights: checked ? [...draft.rights, right] : draft.rights.filter((one) => one !== right) })} />)}</div>
        <MultiSelect mt="md" label={texts.hidden} description={texts.hiddenText} searchable data={fields} value={Object.entries(draft.hiddenFields).flatMap(([object, names]) => names.map((field) => `${object}.${field}`))} onChange={(values) => setDraft({ ...draft, hiddenFields: Object.fromEntries([...Map.groupBy(values.map((value) => value.split('.') as [string, string]), ([object]) => object)].map(([object, pairs]) => [object, pairs.map(([, field]) => field)])) })} />
        <div className={classes.end}><Button variant="default" onClick={onClose}>{words.buttons.cancel}</Button><Button type="submit" loading={save.isPending} disabled={draft.label.trim() === '' || name === ''}>{role ? texts.save : texts.make}</Button></div>
      </form>
    </Modal>
  )
}
