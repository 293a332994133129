import { ActionIcon, Button, Menu, Modal, Switch, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Bookmark from 'lucide-react/icons/bookmark'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import type { NewRecordView, RecordViewAnswer } from '@longshore/contract'
import { get, send } from '../client/api.ts'
import { useMay } from '../client/may.ts'
import { useMutation } from '../client/use-mutation.ts'
import { Failure } from '../ui/states.tsx'
import { words } from '../words/words.ts'
import { savedAs, settingsOf, viewOf } from './record-view.ts'
import type { RecordView } from './record-view.ts'

const texts = words.records.views

/** Filters, order and columns under a name, to come back to from any browser; shared ones are there for everybody who reads the object. */
export function ViewsButton({ object, view, onOpen }: { object: string; view: RecordView; onOpen: (view: RecordView) => void }) {
  const client = useQueryClient()
  const may = useMay()
  const address = `/v1/objects/${encodeURIComponent(object)}/views`
  const queryKey = ['views', object]
  const views = useQuery({ queryKey, queryFn: async ({ signal }) => (await get<{ views: RecordViewAnswer[] }>(address, {}, signal)).views })
  const [naming, setNaming] = useState(false)
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<boolean | null>(null)
  const settled = () => client.invalidateQueries({ queryKey })
  const mayShare = may.object(object, 'write')
  const { shared, replaced } = savedAs(views.data ?? [], name, mayShare ? chosen : false)
  const save = useMutation({
    mutationFn: () => {
      const body: NewRecordView = { name: name.trim(), shared, view: settingsOf(view) }
      return replaced ? send('PUT', `${address}/${replaced.id}`, body) : send('POST', address, body)
    },
    onSuccess: () => setNaming(false), onSettled: settled,
  })
  const forget = useMutation({ mutationFn: (id: number) => send('DELETE', `${address}/${id}`), onSettled: settled })
  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target><Button size="xs" variant="default" leftSection={<Bookmark size={14} aria-hidden />}>{texts.title}</Button></Menu.Target>
        <Menu.Dropdown>
          {views.data?.map((one) => (
            <div key={one.id} style={{ display: 'flex', alignItems: 'center' }}>
              <Menu.Item onClick={() => onOpen(viewOf(one.view))}>{one.name}{one.shared && <span style={{ color: 'var(--mantine-color-dimmed)' }}> · {texts.sharedMark}</span>}</Menu.Item>
              {one.mayChange && <ActionIcon variant="subtle" color="gray" aria-label={texts.forget(one.name, one.shared)} onClick={() => forget.mutate(one.id)}><X size={14} /></ActionIcon>}
            </div>
          ))}
          {views.data?.length === 0 && <Menu.Label>{texts.none}</Menu.Label>}
          {(views.error ?? forget.error) && <Failure error={views.error ?? forget.error} retry={() => void views.refetch()} />}
          <Menu.Divider />
          <Menu.Item onClick={() => onOpen({})}>{texts.usual}</Menu.Item>
          <Menu.Item onClick={() => { setName(''); setChosen(null); save.reset(); setNaming(true) }}>{texts.save}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={naming} onClose={() => setNaming(false)} title={texts.save} closeButtonProps={{ 'aria-label': words.buttons.close }}>
        {save.isError && <Failure error={save.error} />}
        <form onSubmit={(event) => { event.preventDefault(); save.mutate() }}>
          <TextInput label={texts.name} description={texts.nameText} maxLength={100} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} data-autofocus />
          {mayShare && <Switch size="md" mt="md" label={texts.share} description={texts.shareText} checked={shared} onChange={({ currentTarget }) => setChosen(currentTarget.checked)} />}
          <Button mt="md" type="submit" loading={save.isPending} disabled={name.trim() === ''}>{replaced ? texts.replaceButton(shared) : texts.saveButton}</Button>
        </form>
      </Modal>
    </>
  )
}
