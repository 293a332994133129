import { Button, Modal, NativeSelect, Tabs, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FacetAnswer, JobDetails, NewFix, RowIssueGroupsAnswer, RowOverviewAnswer } from '@longshore/contract'
import { get } from '../../client/api.ts'
import { useObjects } from '../../client/queries.ts'
import { count } from '../../ui/number.ts'
import { plainMessage } from '../../ui/plain-message.ts'
import { Failure, SkeletonRows } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'
import { columnOf } from './staged-grid.ts'
import { rowKeys } from './fixes.ts'

const texts = importWords.groupFix

interface GroupFixProps { opened: boolean; onClose: () => void; job: number; group: RowIssueGroupsAnswer['groups'][number] | null; unknown: JobDetails['unknownValues']; shape: RowOverviewAnswer; onFix: (fix: NewFix) => void }

/** All rows of a group at once: by the values that are wrong, with one value for all, by what is found in them, or left out. */
export function GroupFix({ opened, onClose, job, group, unknown, shape, onFix }: GroupFixProps) {
  const at = group ? columnOf(group, shape.columns, shape.targets) : null
  return (
    <Modal opened={opened && group !== null} onClose={onClose} size="xl" title={group ? texts.title(group.column ?? group.field ?? importWords.check.wholeRow, group.rows) : ''} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {group && (
        <>
          <p className={classes.quiet} style={{ marginTop: 0 }}>{plainMessage({ code: group.code, message: group.example })}</p>
          {at === null ? <LeaveOut group={group} onFix={onFix} /> : (
            <Tabs defaultValue={group.code === 'required.missing' ? 'fill' : 'values'} keepMounted={false}>
              <Tabs.List>
                {group.code !== 'required.missing' && <Tabs.Tab value="values">{texts.values}</Tabs.Tab>}
                <Tabs.Tab value="fill">{texts.fill}</Tabs.Tab>
                <Tabs.Tab value="replace">{texts.replace}</Tabs.Tab>
                {group.code.startsWith('type.date') && <Tabs.Tab value="dates">{texts.dates}</Tabs.Tab>}
                <Tabs.Tab value="leave-out">{texts.leaveOutTab}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="values" pt="md"><ValueFixes key={group.code + group.field} job={job} column={at + 1} group={group} unknown={group.code === 'picklist.unknown' ? unknown.filter((one) => one.field === group.field) : []} onFix={onFix} /></Tabs.Panel>
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

/** The distinct values of the column, each with what it should be: the few that are wrong are told by the options of the field, where it has some. */
function ValueFixes({ job, column, group, unknown, onFix }: PartProps & { job: number; group: Group; unknown: JobDetails['unknownValues'] }) {
  const [search, setSearch] = useState('')
  const [wanted, setWanted] = useState<Record<string, string>>(() => Object.fromEntries(unknown.flatMap(({ value, nearest }) => nearest === null ? [] : [[value, nearest]])))
  const objects = useObjects()
  const options = objects.flatMap((object) => object.fields.filter((field) => field.name === group.field?.split('.').at(-1) && field.options)).flatMap((field) => field.options ?? []).filter((option) => option.active).map((option) => option.value)
  const known = new Set(options)
  const facet = useQuery({ queryKey: [...rowKeys(job), 'facet', column, search], queryFn: ({ signal }) => get<FacetAnswer>(`/v1/jobs/${job}/rows/facets/${column}`, { search }, signal) })
  // where it is known which values are meant, words that were understood are not shown among them
  const meant = new Set(unknown.map((one) => one.value))
  const values = (facet.data?.values ?? []).filter(({ value }) => value !== '' && !known.has(value) && (meant.size === 0 || meant.has(value)))
  return (
    <>
      <TextInput label={texts.findValue} value={search} onChange={({ currentTarget }) => setSearch(currentTarget.value)} mb="sm" maw={320} />
      {facet.isError && <Failure error={facet.error} retry={() => void facet.refetch()} />}
      {facet.isPending && <SkeletonRows rows={5} />}
      {facet.data && (
        <div className={table.wrap} style={{ maxHeight: 380, overflow: 'auto' }}>
          <table className={table.table}>
            <thead><tr><th>{texts.value}</th><th className={table.number}>{facet.data.about ? texts.rowsAbout : words.jobs.columns.rows}</th><th>{texts.shouldBe}</th><th /></tr></thead>
            <tbody>{values.map(({ value, rows }) => (
              <tr key={value}>
                <td style={{ overflowWrap: 'anywhere' }}>{value}</td><td className={table.number}>{count(rows)}</td>
                <td>{options.length > 0
                  ? <NativeSelect size="xs" aria-label={texts.shouldBeOf(value)} value={wanted[value] ?? ''} onChange={({ currentTarget }) => setWanted({ ...wanted, [value]: currentTarget.value })} data={[{ value: '', label: texts.choose }, ...options]} />
                  : <TextInput size="xs" aria-label={texts.shouldBeOf(value)} value={wanted[value] ?? ''} onChange={({ currentTarget }) => setWanted({ ...wanted, [value]: currentTarget.value })} />}</td>
                <td className={table.tight}>
                  <Button size="compact-xs" disabled={!wanted[value]} onClick={() => onFix({ fix: { kind: 'map-value', column, from: value, to: wanted[value] ?? '' } })}>{texts.change}</Button>{' '}
                  <Button size="compact-xs" variant="subtle" onClick={() => onFix({ fix: { kind: 'treat-as-empty', column, value } })}>{texts.asEmpty}</Button>
                </td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
      {facet.data?.more && <p className={classes.quiet}>{texts.more}</p>}
    </>
  )
}

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

function Dates({ column, onFix }: PartProps) {
  return <div className={classes.bar}>{(['dmy', 'mdy', 'ymd'] as const).map((dates) => <Button key={dates} variant="default" onClick={() => onFix({ fix: { kind: 'read-dates', column, dates } })}>{texts.dateOrders[dates]}</Button>)}</div>
}

function LeaveOut({ group, onFix }: { group: Group; onFix: (fix: NewFix) => void }) {
  return <><p>{texts.leaveOutText}</p><Button onClick={() => onFix({ fix: { kind: 'leave-out' }, rows: { status: 'all', issue: { code: group.code, field: group.field } } })}>{texts.leaveOutButton(group.rows)}</Button></>
}
