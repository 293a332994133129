import { Button, FileButton, Modal, NativeSelect, Textarea } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { DragEvent } from 'react'
import type { Reading } from '@longshore/contract'
import { send } from '../../client/api.ts'
import { useMay } from '../../client/may.ts'
import { useObjects } from '../../client/queries.ts'
import { share, size } from '../../ui/number.ts'
import { Failure, SkeletonRows } from '../../ui/states.tsx'
import { words } from '../../words/words.ts'
import { changeDraft, newDraft, saveDraft } from '../draft.ts'
import type { Draft } from '../draft.ts'
import classes from '../wizard.module.css'
import { WizardFrame } from '../wizard-frame.tsx'
import type { WizardFrameProps } from '../wizard-frame.tsx'
import { ReadingPreview } from './reading-preview.tsx'
import { sendFile } from './send-file.ts'

const texts = words.imports.upload

interface UploadStepProps { id: string; draft: Draft | null; object: string; linkTo: WizardFrameProps['linkTo'] }

/** The file: dropped, chosen or pasted; then how it is read, which can be put right. */
export function UploadStep({ id, draft, object, linkTo }: UploadStepProps) {
  const navigate = useNavigate()
  const objects = useObjects()
  const may = useMay()
  const importable = objects.filter((one) => may.object(one.name, 'import'))
  const [sending, setSending] = useState<{ name: string; total: number; sent: number; stop: () => void } | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [over, setOver] = useState(false)
  const [pasting, setPasting] = useState(false)
  const resetFile = useRef<() => void>(null)
  const chosen = draft?.object ?? object
  const file = draft?.file && 'upload' in draft.file ? draft.file : null

  const reading = useQuery({
    queryKey: ['reading', file?.upload, draft?.source], enabled: file !== null, staleTime: Infinity, placeholderData: keepPreviousData, retry: false,
    queryFn: ({ signal }) => send<Reading>('POST', `/v1/uploads/${encodeURIComponent(file?.upload ?? '')}/reading`, { name: file?.name, source: draft?.source ?? {} }, { signal }),
  })

  const take = async (content: Blob, name: string) => {
    setFailure(null)
    const one = sendFile(content, name, (sent) => setSending((before) => before && { ...before, sent }))
    setSending({ name, total: content.size, sent: 0, stop: one.stop })
    try {
      const upload = await one.done
      saveDraft(id, { ...newDraft(chosen), file: { upload: upload.id, name: upload.name, sizeBytes: upload.sizeBytes } })
    } catch (error) {
      if (!(error instanceof DOMException)) setFailure(error)
    }
    setSending(null)
    resetFile.current?.()
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const dropped = event.dataTransfer.files[0]
    if (dropped) void take(dropped, dropped.name)
  }
  const choose = (name: string) => { if (draft) saveDraft(id, { ...draft, object: name, columns: [], match: [], matchChosen: false, merge: {} }); else void navigate({ to: '/imports/new', search: { draft: id, object: name }, replace: true }) }
  const next = () => void navigate({ to: '/imports/new', search: { draft: id, step: 'map' } })
  const label = importable.find((one) => one.name === chosen)?.pluralLabel ?? chosen
  const read = reading.data && !reading.isError ? reading.data : null

  return (
    <WizardFrame
      step="upload" linkTo={linkTo} title={texts.title(label)} about={file ? `${file.name} · ${size(file.sizeBytes)}` : ''} status={file ? words.states.saved : ''}
      main={read ? { label: texts.next(read.columns.length), run: next, disabled: reading.isFetching } : null}
    >
      <div onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <NativeSelect label={texts.object} value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)} data={importable.map((one) => ({ value: one.name, label: one.pluralLabel }))} maw={280} />
        {sending ? (
          <div className={classes.sending}>
            <div>{texts.sending(sending.name, size(sending.sent), size(sending.total))}</div>
            <div className={classes.track} role="progressbar" aria-label={texts.sendingName} aria-valuenow={sending.sent} aria-valuemin={0} aria-valuemax={sending.total} aria-valuetext={share(sending.sent, sending.total)}><div style={{ width: `${sending.total === 0 ? 100 : sending.sent / sending.total * 100}%` }} /></div>
            <div><Button size="xs" variant="default" onClick={sending.stop}>{words.buttons.cancel}</Button></div>
          </div>
        ) : (
          <div className={classes.drop} data-over={over || undefined} style={file ? { padding: '16px 20px' } : {}}>
            {!file && <><p className={classes.dropTitle}>{texts.drop}</p><p className={classes.dropText}>{texts.kinds}</p></>}
            <div className={classes.dropActions}>
              <FileButton resetRef={resetFile} onChange={(picked) => { if (picked) void take(picked, picked.name) }}>{(props) => <Button {...props} variant={file ? 'default' : 'filled'}>{file ? texts.other : texts.choose}</Button>}</FileButton>
              <Button variant="default" onClick={() => setPasting(true)}>{texts.paste}</Button>
            </div>
          </div>
        )}
        {failure !== null && <Failure error={failure} title={texts.notSent} retry={() => setFailure(null)} />}
        {file && reading.isPending && <SkeletonRows />}
        {reading.isError && <Failure error={reading.error} title={texts.notRead} retry={() => void reading.refetch()} />}
        {file && draft && (read ?? reading.isError) && <ReadingPreview reading={read} source={draft.source} onChange={(source) => changeDraft(id, { source, columns: [] })} stale={reading.isFetching} />}
      </div>
      <PasteDialog opened={pasting} onClose={() => setPasting(false)} onPaste={(text) => { setPasting(false); void take(new Blob([text], { type: 'text/plain' }), texts.pastedName) }} />
    </WizardFrame>
  )
}

function PasteDialog({ opened, onClose, onPaste }: { opened: boolean; onClose: () => void; onPaste: (text: string) => void }) {
  const [text, setText] = useState('')
  return (
    <Modal opened={opened} onClose={onClose} title={texts.paste} size="lg" closeButtonProps={{ 'aria-label': words.buttons.close }}>
      <Textarea label={texts.pasteLabel} description={texts.pasteText} value={text} onChange={({ currentTarget }) => setText(currentTarget.value)} rows={10} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }} data-autofocus />
      <Button mt="md" disabled={text.trim() === ''} onClick={() => onPaste(text)}>{texts.usePasted}</Button>
    </Modal>
  )
}
