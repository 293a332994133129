import { Button, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { FieldAnswer, ObjectAnswer, RecordDetailsAnswer } from '@longshore/contract'
import { send } from '../client/api.ts'
import { useMay } from '../client/may.ts'
import { useObjects } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import { Failure } from '../ui/states.tsx'
import { words } from '../words/words.ts'
import { fieldErrors } from './field-errors.ts'
import { FieldInput } from './field-input.tsx'
import { listedFields } from './listed-fields.ts'
import { recordName } from './record-name.ts'
import classes from './records.module.css'

const texts = words.records.make

/** A record made by hand: what a list shows of one first, the rest on demand. It is checked like a row of an import, and told field by field. */
export function NewRecordDialog({ object, opened, onClose }: { object: ObjectAnswer; opened: boolean; onClose: () => void }) {
  return <Modal opened={opened} onClose={onClose} title={texts.title(object.label)} size="xl" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': words.buttons.close }}>{opened && <RecordForm object={object} onClose={onClose} />}</Modal>
}

function RecordForm({ object, onClose }: { object: ObjectAnswer; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const may = useMay()
  const objects = useObjects()
  const form = useRef<HTMLFormElement>(null)
  // one key until something else is asked for: a lost answer makes nothing twice
  const key = useRef(crypto.randomUUID())
  const [values, setValues] = useState<Record<string, string>>({})
  const [all, setAll] = useState(false)
  const [round, setRound] = useState(0)
  const fields = object.fields.filter((field) => field.editable && (field.kind !== 'owner' || may.organization('set-audit-fields')))
  const valueOf = (field: FieldAnswer): string => values[field.name] ?? field.default ?? ''
  const first = new Set([...firstFields(object), ...listedFields(object, objects).map(({ path }) => path.split('.')[0] ?? '')])
  const make = useMutation({
    mutationFn: async ({ another }: { another: boolean }) => ({ another, record: await send<RecordDetailsAnswer>('POST', `/v1/objects/${object.name}/records`, { values: Object.fromEntries(fields.flatMap((field) => valueOf(field) === '' ? [] : [[field.kind === 'reference' ? `${field.name}.id` : field.name, valueOf(field)]])) }, { headers: { 'idempotency-key': key.current } }) }),
    onSuccess: ({ record, another }) => {
      void client.invalidateQueries({ queryKey: ['records'] })
      notifications.show({ message: texts.made(recordName(object, record)) })
      if (!another) { onClose(); void navigate({ to: '/records/$object/$record', params: { object: object.name, record: record.id } }); return }
      key.current = crypto.randomUUID()
      setValues({})
      setRound((before) => before + 1)
    },
  })
  const errors = fieldErrors(make.error, fields)
  const hidden = fields.filter((field) => !first.has(field.name))
  // what is off is in sight
  useEffect(() => { if (make.isError) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus() }, [make.isError, make.error])
  const shown = all || hidden.some((field) => errors.of[field.name] !== undefined) ? [...fields.filter((field) => first.has(field.name)), ...hidden] : fields.filter((field) => first.has(field.name))
  const empty = fields.every((field) => (values[field.name] ?? '') === '')
  const submit = (another: boolean) => { if (form.current?.reportValidity()) make.mutate({ another }) }
  return (
    <form key={round} ref={form} onSubmit={(event) => { event.preventDefault(); submit(false) }} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); if (!empty) submit(false) } }}>
      {make.isError && (errors.rest ? <Failure error={make.error} /> : <p role="alert" className={classes.refused}>{texts.refused}</p>)}
      <div className={classes.edited}>
        {shown.map((field) => <FieldInput key={field.name} field={field} value={valueOf(field)} error={errors.of[field.name]} onChange={(value) => { key.current = crypto.randomUUID(); setValues((before) => ({ ...before, [field.name]: value })) }} />)}
      </div>
      {hidden.length > 0 && <Button mt="sm" size="xs" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>{all ? texts.fewer : texts.more(hidden.length)}</Button>}
      <div style={{ display: 'flex', gap: 8, marginTop: 18, flexWrap: 'wrap', justifyContent: 'end' }}>
        <Button variant="default" onClick={onClose}>{words.buttons.cancel}</Button>
        <Button variant="default" loading={make.isPending && make.variables.another} disabled={empty || make.isPending} onClick={() => submit(true)}>{texts.another}</Button>
        <Button type="submit" loading={make.isPending && !make.variables.another} disabled={empty || make.isPending}>{texts.button(object.label)}</Button>
      </div>
    </form>
  )
}

/** What every record needs, and the parts of its name. */
function firstFields({ fields, nameField }: ObjectAnswer): string[] {
  return fields.filter((field) => field.required || field.name === nameField || field.name === 'first_name' || field.name === 'last_name').map(({ name }) => name)
}
