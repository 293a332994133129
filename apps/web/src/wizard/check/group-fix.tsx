import { Button, Modal, Tabs, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { JobDetails, NewFix, RowIssueGroupsAnswer, RowOverviewAnswer } from '@longshore/contract'
import { plainMessage } from '../../ui/plain-message.ts'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'
import { columnOf } from './staged-grid.ts'
import { ValueFixes } from './value-fixes.tsx'

const texts = importWords.groupFix

interface GroupFixProps { opened: boolean; onClose: () => void; onClosed: () => void; job: number; object: string; group: RowIssueGroupsAnswer['groups'][number] | null; unknown: JobDetails['unknownValues']; shape: RowOverviewAnswer; onFix: (fix: NewFix) => void; onFixes: (fixes: NewFix[]) => void; onMissing: (policy: 'create' | 'blank') => void }

/** All rows of a group at once: by the values that are wrong, with one value for all, by what is found in them, or left out. */
export function GroupFix({ opened, onClose, onClosed, job, object, group, unknown, shape, onFix, onFixes, onMissing }: GroupFixProps) {
  const at = group ? columnOf(group, shape.columns, shape.targets) : null
  return (
    <Modal opened={opened && group !== null} onClose={onClose} onExitTransitionEnd={onClosed} size="xl" title={group ? texts.title(group.column ?? group.field ?? importWords.check.wholeRow, group.rows) : ''} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {group && (
        <>
          <p className={classes.quiet} style={{ marginTop: 0 }}>{plainMessage({ code: group.code, message: group.example })}</p>
          {at === null ? <LeaveOut group={group} onFix={onFix} /> : (
            <Tabs defaultValue={group.code === 'required.missing' ? 'fill' : group.code === 'reference.missing' ? 'missing' : 'values'} keepMounted={false}>
              <Tabs.List>
                {group.code === 'reference.missing' && <Tabs.Tab value="missing">{texts.missingTab}</Tabs.Tab>}
                {group.code !== 'required.missing' && <Tabs.Tab value="values">{texts.values}</Tabs.Tab>}
                <Tabs.Tab value="fill">{texts.fill}</Tabs.Tab>
                <Tabs.Tab value="replace">{texts.replace}</Tabs.Tab>
                {group.code.startsWith('type.date') && <Tabs.Tab value="dates">{texts.dates}</Tabs.Tab>}
                <Tabs.Tab value="leave-out">{texts.leaveOutTab}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="missing" pt="md"><Missing onChoose={onMissing} /></Tabs.Panel>
              <Tabs.Panel value="values" pt="md"><ValueFixes key={group.code + group.field} job={job} object={object} column={at + 1} field={group.field} issue={group.code} unknown={group.code === 'picklist.unknown' ? unknown.filter((one) => one.field === group.field) : []} onFix={onFix} onFixes={onFixes} /></Tabs.Panel>
              <Tabs.Panel value="fill" pt="md"><Fill column={at + 1} group={group} onFix={onFix} /></Tabs.Panel>
              <Tabs.Panel value="replace" pt="md"><Replace column={at + 1} onFix={onFix} /></Tabs.Panel>
              <Tabs.Panel value="dates" pt="md"><Dates column={at + 1} onFix={onFix} /></Tabs.Panel>
              <Tabs.Panel value="leave-out" pt="md"><LeaveOut group={group} onFix={onFix} /></Tabs.Panel>
            </Tabs>
          )}
        </>
      )}
    </Modal>
  )
}

interface PartProps { column: number; onFix: (fix: NewFix) => void }
type Group = RowIssueGroupsAnswer['groups'][number]

function Fill({ column, group, onFix }: PartProps & { group: Group }) {
  const [value, setValue] = useState('')
  return (
    <form onSubmit={(event) => { event.preventDefault(); onFix({ fix: { kind: 'fill', column, value }, rows: { status: 'all', issue: { code: group.code, field: group.field } } }) }}>
      <TextInput label={texts.fillLabel} description={texts.fillText(group.rows)} value={value} onChange={({ currentTarget }) => setValue(currentTarget.value)} />
      <Button type="submit" mt="md" disabled={value === ''}>{texts.fillButton(group.rows)}</Button>
    </form>
  )
}

function Replace({ column, onFix }: PartProps) {
  const [find, setFind] = useState('')
  const [by, setBy] = useState('')
  return (
    <form onSubmit={(event) => { event.preventDefault(); onFix({ fix: { kind: 'replace', column, find, with: by } }) }}>
      <div className={classes.facts}><TextInput label={texts.find} value={find} onChange={({ currentTarget }) => setFind(currentTarget.value)} /><TextInput label={texts.by} value={by} onChange={({ currentTarget }) => setBy(currentTarget.value)} /></div>
      <p className={classes.quiet}>{texts.replaceText}</p>
      <Button type="submit" disabled={find === ''}>{texts.replaceButton}</Button>
    </form>
  )
}

/** What does not exist yet is created, or left out, for all rows: a setting of the import, by which all rows are checked again. */
function Missing({ onChoose }: { onChoose: (policy: 'create' | 'blank') => void }) {
  return <><p style={{ marginTop: 0 }}>{texts.missingText}</p><div className={classes.bar}><Button onClick={() => onChoose('create')}>{texts.missingCreate}</Button><Button variant="default" onClick={() => onChoose('blank')}>{texts.missingBlank}</Button></div></>
}

function Dates({ column, onFix }: PartProps) {
  return <div className={classes.bar}>{(['dmy', 'mdy', 'ymd'] as const).map((dates) => <Button key={dates} variant="default" onClick={() => onFix({ fix: { kind: 'read-dates', column, dates } })}>{texts.dateOrders[dates]}</Button>)}</div>
}

function LeaveOut({ group, onFix }: { group: Group; onFix: (fix: NewFix) => void }) {
  return <><p>{texts.leaveOutText}</p><Button onClick={() => onFix({ fix: { kind: 'leave-out' }, rows: { status: 'all', issue: { code: group.code, field: group.field } } })}>{texts.leaveOutButton(group.rows)}</Button></>
}
