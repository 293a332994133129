import { Button } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { count } from '../../ui/number.ts'
import table from '../../ui/table.module.css'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import classes from '../settings.module.css'
import type { FieldDocument, ObjectDocument } from '../settings-queries.ts'
import { FieldDialog } from './field-dialog.tsx'
import { useSchemaChange } from './use-schema-change.ts'

const texts = settingsWords.fields

export function FieldsTable({ object }: { object: ObjectDocument }) {
  const [open, setOpen] = useState<FieldDocument | 'new' | null>(null)
  const [removing, setRemoving] = useState<FieldDocument | null>(null)
  const remove = useSchemaChange(() => setRemoving(null))
  return (
    <>
      <div className={classes.bar}><Button size="xs" onClick={() => setOpen('new')}>{texts.add}</Button></div>
      <div className={table.wrap} tabIndex={0} role="region" aria-label={settingsWords.objects.fieldsTab}>
        <table className={table.table}>
          <thead><tr><th>{texts.label}</th><th className={table.wide}>{texts.name}</th><th>{texts.kind}</th><th className={table.wide}>{texts.about}</th><th><span className="visually-hidden">{words.buttons.edit}</span></th></tr></thead>
          <tbody>{object.fields.filter((field) => field.companionOf === undefined).map((field) => (
            <tr key={field.name}>
              <td>{field.label}{field.custom && <span className={classes.quiet}> · {texts.own}</span>}</td>
              <td className={`${classes.quiet} ${table.wide}`}>{field.name}</td>
              <td>{words.fieldKinds[field.kind] ?? field.kind}</td>
              <td className={`${classes.quiet} ${table.wide}`}>{[field.required ? texts.required : null, field.options ? texts.optionCount(count(field.options.filter((option) => option.active !== false).length)) : null, field.targets ? texts.leadsTo(field.targets.join(', ')) : null, field.default === undefined ? null : texts.defaultOf(field.default)].filter(Boolean).join(' · ')}</td>
              <td><div className={classes.actions}>
                {field.virtual === undefined && !field.audit && <Button size="compact-xs" variant="default" aria-label={`${words.buttons.edit}: ${field.label}`} onClick={() => setOpen(field)}>{words.buttons.edit}</Button>}
                {field.custom && <Button size="compact-xs" variant="subtle" aria-label={texts.removeOf(field.label)} onClick={() => { remove.reset(); setRemoving(field) }}>{words.buttons.remove}</Button>}
              </div></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      {open !== null && <FieldDialog key={open === 'new' ? '' : open.name} object={object} field={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        opened={removing !== null} title={texts.removeTitle(removing?.label ?? '')} button={texts.removeButton} busy={remove.isPending} error={remove.error}
        onClose={() => setRemoving(null)} onConfirm={() => { if (removing) remove.mutate({ objects: [{ name: object.name, fields: [{ name: removing.name, remove: true }] }] }) }}
      >{texts.removeText}</ConfirmDialog>
    </>
  )
}
