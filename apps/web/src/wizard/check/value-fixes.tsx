import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { nearValues, spellingGroups } from '@longshore/core/near-values'
import type { FacetAnswer, JobDetails, NewFix, RowOverviewAnswer } from '@longshore/contract'
import { get } from '../../client/api.ts'
import { useObjects } from '../../client/queries.ts'
import { count } from '../../ui/number.ts'
import { fieldAt } from '../../ui/path-label.ts'
import { Failure, SkeletonRows } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'
import { rowKeys } from './fixes.ts'

const texts = importWords.groupFix
/** What can be chosen at a glance; others take the most frequent, and each value can be changed by itself. */
const mostSpellings = 12

interface ValueFixesProps { job: number; object: string; /** From 1. */ column: number; field: string | null; /** Only values of rows that have it. */ issue?: string; unknown?: JobDetails['unknownValues']; onFix: (fix: NewFix) => void; onFixes: (fixes: NewFix[]) => void }

/** The distinct values of a column, each with what it should be: options that are nearest, or the usual way of writing, are proposed; all of it can be changed in one go. */
export function ValueFixes({ job, object, column, field, issue, unknown = [], onFix, onFixes }: ValueFixesProps) {
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const objects = useObjects()
  const options = (field === null ? [] : fieldAt(objects, objects.find((one) => one.name === object), field)?.options ?? []).filter((option) => option.active).map((option) => option.value)
  const known = new Set(options)
  const facet = useQuery({ queryKey: [...rowKeys(job), 'facet', column, issue, field, search], queryFn: ({ signal }) => get<FacetAnswer>(`/v1/jobs/${job}/rows/facets/${column}`, { search, ...(issue === undefined ? {} : { issue, field }) }, signal) })
  const found = facet.data?.values ?? []
  const values = found.filter(({ value }) => value !== '' && (issue !== undefined || !known.has(value)))
  const proposed: Record<string, string> = { ...nearValues(found, options), ...Object.fromEntries(unknown.flatMap(({ value, nearest }) => nearest === null ? [] : [[value, nearest]])) }
  const wanted = (value: string) => chosen[value] ?? proposed[value] ?? ''
  const change = (value: string): NewFix => ({ fix: { kind: 'map-value', column, from: value, to: wanted(value) } })
  const spellings = spellingGroups(found, options).slice(0, mostSpellings)
  const keep = (group: readonly { value: string }[], kept: string) => setChosen({ ...chosen, ...Object.fromEntries(group.map(({ value }) => [value, value === kept ? '' : kept])) })
  const ready = values.filter(({ value }) => wanted(value) !== '')
  return (
    <>
      <div className={classes.facts} style={{ marginTop: 0 }}>
        <TextInput label={texts.findValue} value={search} onChange={({ currentTarget }) => setSearch(currentTarget.value)} w={280} />
        {ready.length > 1 && <Button onClick={() => onFixes(ready.map(({ value }) => change(value)))}>{texts.changeAll(ready.length)}</Button>}
      </div>
      {spellings.length > 0 && (
        <fieldset className={classes.spellings}>
          <legend>{texts.spellings}</legend>
          {spellings.map((group) => <NativeSelect key={group[0]?.value} size="xs" label={texts.spellingsOf(group.length)} value={group.find(({ value }) => wanted(value) === '')?.value ?? ''} onChange={({ currentTarget }) => keep(group, currentTarget.value)} data={group.map(({ value, rows }) => ({ value, label: texts.spelling(value, rows) }))} />)}
        </fieldset>
      )}
      {facet.isError && <Failure error={facet.error} retry={() => void facet.refetch()} />}
      {facet.isPending && <SkeletonRows rows={5} />}
      {facet.data && values.length === 0 && <p className={classes.quiet}>{texts.noValues}</p>}
      {facet.data && values.length > 0 && (
        <div className={table.wrap} style={{ maxHeight: 380, overflow: 'auto' }}>
          <table className={table.table}>
            <thead><tr><th>{texts.value}</th><th className={table.number}>{facet.data.about ? texts.holdingAbout : texts.holding}</th><th>{texts.shouldBe}</th><th><span className="visually-hidden">{texts.change}</span></th></tr></thead>
            <tbody>{values.map(({ value, rows }) => (
              <tr key={value}>
                <td style={{ overflowWrap: 'anywhere' }}>{value}</td><td className={table.number}>{count(rows)}</td>
                <td>{options.length > 0
                  ? <NativeSelect size="xs" aria-label={texts.shouldBeOf(value)} value={wanted(value)} onChange={({ currentTarget }) => setChosen({ ...chosen, [value]: currentTarget.value })} data={[{ value: '', label: texts.choose }, ...options]} />
                  : <TextInput size="xs" aria-label={texts.shouldBeOf(value)} value={wanted(value)} onChange={({ currentTarget }) => setChosen({ ...chosen, [value]: currentTarget.value })} />}</td>
                <td className={table.tight}>
                  <Button size="compact-xs" disabled={wanted(value) === ''} onClick={() => onFix(change(value))}>{texts.change}</Button>{' '}
                  <Button size="compact-xs" variant="subtle" onClick={() => onFix({ fix: { kind: 'treat-as-empty', column, value } })}>{texts.asEmpty}</Button>
                </td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
      {facet.data && values.length > 0 && issue === undefined && <p className={classes.quiet}>{texts.holdingText}</p>}
      {facet.data?.more && <p className={classes.quiet}>{texts.more}</p>}
    </>
  )
}

/** All values of one column, whether they are wrong or only written in several ways. */
export function ColumnValues({ column, onClose, job, object, shape, onFix, onFixes }: { column: number | null; onClose: () => void; job: number; object: string; shape: RowOverviewAnswer; onFix: (fix: NewFix) => void; onFixes: (fixes: NewFix[]) => void }) {
  return (
    <Modal opened={column !== null} onClose={onClose} size="xl" title={column === null ? '' : texts.columnTitle(shape.columns[column - 1] || `#${column}`)} closeButtonProps={{ 'aria-label': words.buttons.close }}>
      {column !== null && <ValueFixes key={column} job={job} object={object} column={column} field={shape.targets.find((target) => target.column === column)?.path ?? null} onFix={onFix} onFixes={onFixes} />}
    </Modal>
  )
}
