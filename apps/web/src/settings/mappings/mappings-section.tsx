import { Button, FileButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, send } from '../../client/api.ts'
import { useMay } from '../../client/may.ts'
import { savedMappingsQuery, useObjects } from '../../client/queries.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { saveAs } from '../../ui/save-as.ts'
import { Empty, Failure, SkeletonRows } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { ago } from '../../ui/time.ts'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import classes from '../settings.module.css'

const texts = settingsWords.mappings

/** What columns of a kind of file mean, kept by name: to be had as a document, taken from one, forgotten. */
export function MappingsSection() {
  const client = useQueryClient()
  const may = useMay()
  const objects = useObjects()
  const mappings = useQuery(savedMappingsQuery)
  const [removing, setRemoving] = useState<string | null>(null)
  const settled = () => client.invalidateQueries({ queryKey: savedMappingsQuery.queryKey })
  const remove = useMutation({ mutationFn: (name: string) => send('DELETE', `/v1/saved-mappings/${encodeURIComponent(name)}`), onSuccess: async () => { await settled(); setRemoving(null) } })
  const download = useMutation({ mutationFn: async (name: string) => saveAs(`${name}.json`, JSON.stringify(await get<unknown>(`/v1/saved-mappings/${encodeURIComponent(name)}`), null, 2)) })
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const document = JSON.parse(await file.text()) as { name?: unknown } // the server says what is off about it
      const name = typeof document.name === 'string' ? document.name : file.name.replace(/\.json$/i, '')
      await send('PUT', `/v1/saved-mappings/${encodeURIComponent(name)}`, { document })
      return name
    },
    onSuccess: async (name) => { await settled(); notifications.show({ message: texts.taken(name) }) },
  })
  return (
    <>
      <p className={classes.lead}>{texts.lead}</p>
      <div className={classes.bar}><FileButton accept="application/json,.json" onChange={(file) => { if (file) upload.mutate(file) }}>{(props) => <Button size="xs" variant="default" loading={upload.isPending} {...props}>{texts.upload}</Button>}</FileButton></div>
      {upload.isError && <Failure error={upload.error instanceof SyntaxError ? { code: 'mapping.no-json', message: texts.noJson } : upload.error} />}
      {download.isError && <Failure error={download.error} />}
      {mappings.isPending && <SkeletonRows />}
      {mappings.isError && <Failure error={mappings.error} retry={() => void mappings.refetch()} />}
      {mappings.data?.mappings.length === 0 && <Empty title={texts.none}>{texts.noneText}</Empty>}
      {mappings.data && mappings.data.mappings.length > 0 && (
        <div className={table.wrap}>
          <table className={table.table}>
            <thead><tr><th>{texts.name}</th><th>{texts.object}</th><th>{texts.changed}</th><th><span className="visually-hidden">{words.buttons.more}</span></th></tr></thead>
            <tbody>{mappings.data.mappings.map((mapping) => (
              <tr key={mapping.name}>
                <td>{mapping.name}</td><td>{objects.find((object) => object.name === mapping.object)?.pluralLabel ?? mapping.object}</td><td className={classes.quiet}>{mapping.updatedAt ? ago(mapping.updatedAt) : ''}</td>
                <td><div className={classes.actions}><Button size="compact-xs" variant="default" aria-label={`${words.buttons.download}: ${mapping.name}`} onClick={() => download.mutate(mapping.name)}>{words.buttons.download}</Button>{may.object(mapping.object, 'import') && <Button size="compact-xs" variant="subtle" aria-label={`${words.buttons.remove}: ${mapping.name}`} onClick={() => { remove.reset(); setRemoving(mapping.name) }}>{words.buttons.remove}</Button>}</div></td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
      <ConfirmDialog opened={removing !== null} title={texts.removeTitle(removing ?? '')} button={texts.removeButton} busy={remove.isPending} error={remove.error} onClose={() => setRemoving(null)} onConfirm={() => { if (removing !== null) remove.mutate(removing) }}>{texts.removeText}</ConfirmDialog>
    </>
  )
}
