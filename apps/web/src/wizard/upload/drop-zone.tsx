import { Button, FileButton, Modal, TextInput, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import type { DragEvent } from 'react'
import type { Upload } from '@longshore/contract'
import { share, size } from '../../ui/number.ts'
import { Failure, Waiting } from '../../ui/states.tsx'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'
import { firstRows } from './first-rows.ts'
import { InstantPreview } from './instant-preview.tsx'
import { sendFile } from './send-file.ts'

const texts = importWords.upload

interface DropZoneProps {
  /** What is going on with the file that was sent; null: nothing. */
  busy: string | null
  /** There is a file already: this takes another one. */
  other?: boolean
  onSent: (upload: Upload) => void
  onAddress?: (url: string) => void
}

/** Takes a file: dropped, chosen, pasted, or at an address. */
export function DropZone({ busy, other = false, onSent, onAddress }: DropZoneProps) {
  const [sending, setSending] = useState<{ name: string; total: number; sent: number; stop: () => void } | null>(null)
  const [failure, setFailure] = useState<{ error: unknown; again: () => void } | null>(null)
  const [over, setOver] = useState(false)
  const [dialog, setDialog] = useState<'paste' | 'address' | null>(null)
  const [first, setFirst] = useState<string[][] | null>(null)
  const resetFile = useRef<() => void>(null)

  const take = async (content: Blob, name: string) => {
    setFailure(null)
    setFirst(null)
    void firstRows(content).then(setFirst, () => undefined) // what cannot be looked at is read by the server
    const one = sendFile(content, name, (sent) => setSending((before) => before && { ...before, sent }))
    setSending({ name, total: content.size, sent: 0, stop: one.stop })
    try {
      onSent(await one.done)
    } catch (error) {
      if (!(error instanceof DOMException)) setFailure({ error, again: () => void take(content, name) })
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
  if (sending || busy !== null) {
    return (
      <>
        <div className={classes.sending}>
          {sending ? (
            <>
              <div>{texts.sending(sending.name, size(sending.sent), size(sending.total))}</div>
              <div className={classes.track} role="progressbar" aria-label={texts.sendingName} aria-valuenow={sending.sent} aria-valuemin={0} aria-valuemax={sending.total} aria-valuetext={share(sending.sent, sending.total)}><div style={{ width: `${sending.total === 0 ? 100 : sending.sent / sending.total * 100}%` }} /></div>
              <div><Button size="xs" variant="default" onClick={sending.stop}>{words.buttons.cancel}</Button></div>
      
      </>
        ) : <Waiting>{busy}</Waiting>}
      </div>
      {first && <InstantPreview rows={first} />}
      </>
    )
  }
  return (
    <>
      <div className={classes.drop} data-over={over || undefined} data-small={other || undefined} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
        {!other && <><p className={classes.dropTitle}>{texts.drop}</p><p className={classes.dropText}>{texts.kinds}</p></>}
        <div className={classes.dropActions}>
          <FileButton resetRef={resetFile} onChange={(picked) => { if (picked) void take(picked, picked.name) }}>{(props) => <Button {...props} variant={other ? 'default' : 'filled'}>{other ? texts.other : texts.choose}</Button>}</FileButton>
          {!other && <Button variant="default" onClick={() => setDialog('paste')}>{texts.paste}</Button>}
          {onAddress && <Button variant="default" onClick={() => setDialog('address')}>{texts.address}</Button>}
        </div>
      </div>
      {failure && <Failure error={failure.error} title={texts.notSent} retry={failure.again} />}
      <PasteDialog opened={dialog === 'paste'} onClose={() => setDialog(null)} onPaste={(text) => { setDialog(null); void take(new Blob([text], { type: 'text/plain' }), texts.pastedName) }} />
      {onAddress && <AddressDialog opened={dialog === 'address'} onClose={() => setDialog(null)} onAddress={(url) => { setDialog(null); onAddress(url) }} />}
    </>
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

function AddressDialog({ opened, onClose, onAddress }: { opened: boolean; onClose: () => void; onAddress: (url: string) => void }) {
  const [url, setUrl] = useState('')
  return (
    <Modal opened={opened} onClose={onClose} title={texts.address} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      <form onSubmit={(event) => { event.preventDefault(); onAddress(url.trim()) }}>
        <TextInput label={texts.addressLabel} description={texts.addressText} type="url" placeholder="https://example.com/list.csv" value={url} onChange={({ currentTarget }) => setUrl(currentTarget.value)} data-autofocus />
        <Button mt="md" type="submit" disabled={!/^https?:\/\/\S+/.test(url.trim())}>{texts.fetch}</Button>
      </form>
    </Modal>
  )
}
