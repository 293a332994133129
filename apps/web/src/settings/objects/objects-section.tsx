import { Button, Modal, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { count } from '../../ui/number.ts'
import { Failure, SkeletonRows } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import classes from '../settings.module.css'
import { schemaQuery } from '../settings-queries.ts'
import { apiName } from './api-name.ts'
import { useSchemaChange } from './use-schema-change.ts'

const texts = settingsWords.objects

/** All objects, and a way to make one. */
export function ObjectsSection() {
  const schema = useQuery(schemaQuery)
  const [making, setMaking] = useState(false)
  if (schema.isPending) return <SkeletonRows />
  if (schema.isLoadingError) return <Failure error={schema.error} retry={() => void schema.refetch()} />
  return (
    <>
      <p className={classes.lead}>{texts.lead}</p>
      <div className={classes.bar}><Button size="xs" onClick={() => setMaking(true)}>{texts.add}</Button></div>
      <div className={table.wrap}>
        <table className={table.table}>
          <thead><tr><th>{texts.object}</th><th className={table.wide}>{texts.name}</th><th className={table.number}>{texts.fields}</th><th className={table.number}>{texts.ownFields}</th><th className={table.number}>{texts.rules}</th></tr></thead>
          <tbody>{schema.data.map((object) => (
            <tr key={object.name}>
              <td><Link to="/settings/objects/$object" params={{ object: object.name }}>{object.pluralLabel}</Link>{object.custom && <span className={classes.quiet}> · {texts.own}</span>}</td>
              <td className={`${classes.quiet} ${table.wide}`}>{object.name}</td>
              <td className={table.number}>{count(object.fields.filter((field) => field.companionOf === undefined).length)}</td>
              <td className={table.number}>{count(object.fields.filter((field) => field.custom).length)}</td>
              <td className={table.number}>{count(object.rules?.length ?? 0)}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      {making && <NewObject onClose={() => setMaking(false)} />}
    </>
  )
}

function NewObject({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [label, setLabel] = useState('')
  const [plural, setPlural] = useState('')
  const [singular, name] = [apiName(label), apiName(plural)]
  const change = useSchemaChange(() => { onClose(); void navigate({ to: '/settings/objects/$object', params: { object: name } }) })
  return (
    <Modal opened onClose={onClose} title={texts.add} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {change.isError && <Failure error={change.error} />}
      <form onSubmit={(event) => { event.preventDefault(); change.mutate({ objects: [{ name, singular, label, pluralLabel: plural, nameField: 'name', fields: [{ name: 'name', label: texts.nameField, kind: 'text', required: true }] }] }) }}>
        <TextInput label={texts.label} placeholder={texts.labelExample} value={label} onChange={({ currentTarget }) => setLabel(currentTarget.value)} data-autofocus maxLength={120} />
        <TextInput mt="sm" label={texts.plural} description={plural === '' ? undefined : texts.apiName(name)} placeholder={texts.pluralExample} value={plural} onChange={({ currentTarget }) => setPlural(currentTarget.value)} maxLength={120} />
        <Button mt="md" type="submit" loading={change.isPending} disabled={singular === '' || name === '' || singular === name}>{texts.make}</Button>
      </form>
    </Modal>
  )
}
