import { Button } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Empty } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import classes from '../settings.module.css'
import type { ObjectDocument, RuleDocument } from '../settings-queries.ts'
import { RuleDialog } from './rule-dialog.tsx'
import { ruleInWords } from './rule-in-words.ts'
import { useSchemaChange } from './use-schema-change.ts'

const texts = settingsWords.rules

export function RulesTable({ object }: { object: ObjectDocument }) {
  const [open, setOpen] = useState<RuleDocument | 'new' | null>(null)
  const [removing, setRemoving] = useState<RuleDocument | null>(null)
  const remove = useSchemaChange(() => setRemoving(null))
  const rules = object.rules ?? []
  const add = <Button size="xs" onClick={() => setOpen('new')}>{texts.add}</Button>
  return (
    <>
      {rules.length === 0 ? <Empty title={texts.none} action={add}>{texts.noneText}</Empty> : (
        <>
          <div className={classes.bar}>{add}</div>
          <div className={table.wrap}>
            <table className={table.table}>
              <thead><tr><th>{texts.name}</th><th>{texts.asks}</th><th className={table.wide}>{texts.severity}</th><th><span className="visually-hidden">{words.buttons.edit}</span></th></tr></thead>
              <tbody>{rules.map((rule) => (
                <tr key={rule.name}>
                  <td>{rule.name}</td><td style={{ overflowWrap: 'anywhere' }}>{ruleInWords(rule, object)}{rule.message && <div className={classes.quiet}>{rule.message}</div>}</td><td className={table.wide}>{texts.severities[rule.severity ?? 'error']}</td>
                  <td><div className={classes.actions}><Button size="compact-xs" variant="default" aria-label={`${words.buttons.edit}: ${rule.name}`} onClick={() => setOpen(rule)}>{words.buttons.edit}</Button><Button size="compact-xs" variant="subtle" aria-label={`${words.buttons.remove}: ${rule.name}`} onClick={() => { remove.reset(); setRemoving(rule) }}>{words.buttons.remove}</Button></div></td>
                </tr>
              ))}</tbody>
            </table>
          </div>
        </>
      )}
      {open !== null && <RuleDialog key={open === 'new' ? '' : open.name} object={object} rule={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        opened={removing !== null} title={texts.removeTitle(removing?.name ?? '')} button={texts.removeButton} busy={remove.isPending} error={remove.error}
        onClose={() => setRemoving(null)} onConfirm={() => { if (removing) remove.mutate({ objects: [{ name: object.name, rules: [{ name: removing.name, remove: true }] }] }) }}
      >{texts.removeText}</ConfirmDialog>
    </>
  )
}
