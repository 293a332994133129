import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../client/api.ts'
import { savedMappingsQuery } from '../../client/queries.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { Failure } from '../../ui/states.tsx'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'

const texts = importWords.mapping

interface MappingChoiceProps { object: string; chosen: string | null; job: number; onChoose: (name: string | null) => void; beforeSave: () => Promise<void> }

/** A saved mapping to begin with, and a way to keep this one under a name. */
export function MappingChoice({ object, chosen, job, onChoose, beforeSave }: MappingChoiceProps) {
  const client = useQueryClient()
  const saved = (useQuery(savedMappingsQuery).data?.mappings ?? []).filter((mapping) => mapping.object === object)
  const [asking, setAsking] = useState(false)
  const [name, setName] = useState('')
  const save = useMutation({
    mutationFn: async () => { await beforeSave(); await send('PUT', `/v1/saved-mappings/${encodeURIComponent(name.trim())}`, { job }) },
    onSuccess: async () => { setAsking(false); notifications.show({ message: texts.kept(name.trim()) }); await client.invalidateQueries({ queryKey: savedMappingsQuery.queryKey }) },
  })
  return (
    <div className={classes.bar}>
      {(saved.length > 0 || chosen !== null) && <NativeSelect size="xs" aria-label={texts.label} value={chosen ?? ''} onChange={({ currentTarget: { value } }) => onChoose(value === '' ? null : value)} data={[{ value: '', label: texts.none }, ...new Set([...saved.map((one) => one.name), ...(chosen === null ? [] : [chosen])])]} />}
      <Button size="xs" variant="subtle" onClick={() => { setName(chosen ?? ''); setAsking(true) }}>{texts.keep}</Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={texts.keep} closeButtonProps={{ 'aria-label': words.buttons.close }}>
        {save.isError && <Failure error={save.error} />}
        <form onSubmit={(event) => { event.preventDefault(); save.mutate() }}>
          <TextInput label={texts.name} description={texts.nameText} maxLength={80} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} data-autofocus />
          <Button mt="md" type="submit" loading={save.isPending} disabled={name.trim() === ''}>{saved.some((one) => one.name === name.trim()) ? texts.replace : texts.keepButton}</Button>
        </form>
      </Modal>
    </div>
  )
}
