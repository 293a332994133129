import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { JobDetails, ObjectAnswer } from '@longshore/contract'
import { useMay } from '../../client/may.ts'
import { useObjects } from '../../client/queries.ts'
import { count } from '../../ui/number.ts'
import { Failure } from '../../ui/states.tsx'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import type { ColumnChoice, Definition } from '../definition.ts'
import { DraftNotices } from '../draft-notices.tsx'
import type { DraftStore } from '../draft-store.ts'
import { readingQuery } from '../upload/reading-query.ts'
import { useDraftState } from '../use-draft.ts'
import classes from '../wizard.module.css'
import { WizardFrame } from '../wizard-frame.tsx'
import type { WizardFrameProps } from '../wizard-frame.tsx'
import { ColumnRow } from './column-row.tsx'
import { ColumnSettings } from './column-settings.tsx'
import { mappedColumns, undecided, withChoice, withSuggestions } from './column-state.ts'
import type { ColumnState, MappedColumn } from './column-state.ts'
import { ColumnsOnTheirWay } from './columns-on-their-way.tsx'
import { columnsQuery } from './columns-query.ts'
import { fieldOptions, labelOfField } from './field-options.ts'
import { leftOutByHand, noteLeftOut } from './left-out.ts'
import { LeftOutDialog } from './left-out-dialog.tsx'
import { MappingChoice } from './mapping-choice.tsx'

const texts = importWords.map

interface MapStepProps { store: DraftStore; job: JobDetails; object: ObjectAnswer; linkTo: WizardFrameProps['linkTo']; about: string }

/** Which column feeds which field, and why; what is sure is used, what is likely is asked about. */
export function MapStep({ store, job, object, linkTo, about }: MapStepProps) {
  const navigate = useNavigate()
  const objects = useObjects()
  const may = useMay()
  const { definition, draft, saving } = useDraftState(store)
  const [shown, setShown] = useState<ColumnState | 'all'>('all')
  const [settings, setSettings] = useState<number | null>(null)
  const [leaving, setLeaving] = useState(false)
  const [past, setPast] = useState<ColumnChoice[][]>([])
  const mapping = useQuery({ ...columnsQuery(store, job.job, definition), placeholderData: keepPreviousData })
  const reading = useQuery({ ...readingQuery(store, job.job, definition), enabled: mapping.isPending })
  const groups = useMemo(() => fieldOptions(object, objects, may.organization('schema')), [object, objects, may])
  const columns = mappedColumns(mapping.data?.columns ?? [], definition.columns, leftOutByHand(job.job))
  const placeOf = ({ proposal }: MappedColumn) => ({ position: proposal.position + 1, header: proposal.header })
  const changeAll = (choices: ColumnChoice[]) => {
    setPast((before) => [...before.slice(-49), definition.columns])
    store.change({ columns: choices })
  }
  const change = (column: MappedColumn, choice: Partial<ColumnChoice>) => {
    if ('field' in choice) noteLeftOut(job.job, column.proposal.position, choice.field === null)
    changeAll(withChoice(definition.columns, placeOf(column), choice))
  }
  const undo = () => { const last = past.at(-1); if (last) { setPast(past.slice(0, -1)); store.change({ columns: last }) } }
  const numbers = { mapped: 0, ask: 0, skip: 0, clash: 0 }
  for (const column of columns) numbers[column.state]++
  const open = undecided(columns)
  const suggestions = withSuggestions(columns, definition.columns)
  const suggesting = JSON.stringify(suggestions) !== JSON.stringify(definition.columns)
  const missing = missingRequired(object, columns, definition)
  const next = () => {
    setLeaving(false)
    // what is proposed and sure becomes part of the definition as it stands: what was seen is what is imported
    const said = columns.reduce<ColumnChoice[]>((choices, column) => column.choice?.field === undefined && column.becomes === 'field' ? withChoice(choices, placeOf(column), { field: column.field }) : choices, definition.columns)
    if (JSON.stringify(said) !== JSON.stringify(definition.columns)) store.change({ columns: said })
    void navigate({ to: '/imports/$job/$step', params: { job: String(job.job), step: 'match' } })
  }
  return (
    <WizardFrame
      step="map" linkTo={linkTo} about={about} title={texts.title(mapping.isPending ? draft.columns.length : columns.length)} keys={texts.keys}
      status={numbers.clash > 0 ? texts.clashes(numbers.clash) : saving === 'saved' ? words.states.saved : saving === 'saving' ? words.states.saving : ''}
      main={mapping.data ? { label: texts.next, run: open.length > 0 ? () => setLeaving(true) : next, disabled: numbers.clash > 0 || numbers.mapped === 0 } : null}
    >
      <DraftNotices store={store} />
      <MappingChoice object={object.name} chosen={definition.savedMapping ?? null} job={job.job} onChoose={(name) => store.change({ savedMapping: name ?? undefined, columns: [] } as Partial<Definition>)} beforeSave={() => store.flush()} />
      {mapping.isError && <Failure error={mapping.error} retry={() => void mapping.refetch()} />}
      {mapping.isPending && <ColumnsOnTheirWay headers={draft.columns} reading={reading.data} />}
      {mapping.data && (
        <div onKeyDown={(event) => { if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !(event.target instanceof HTMLInputElement)) { event.preventDefault(); undo() } }}>
          {missing.length > 0 && <p className={classes.missing}>{texts.missing(missing.map((field) => field.label))}</p>}
          <div className={classes.bar} role="group" aria-label={texts.filter}>
            {(['all', 'mapped', 'ask', 'clash', 'skip'] as const).filter((state) => state === 'all' || state === 'mapped' || numbers[state] > 0).map((state) => (
              <button key={state} type="button" className={classes.filter} aria-pressed={shown === state} onClick={() => setShown(state)}><b>{count(state === 'all' ? columns.length : numbers[state])}</b> {texts.states[state].toLowerCase()}</button>
            ))}
            {suggesting && <Button size="xs" variant="light" onClick={() => changeAll(suggestions)}>{texts.useAll}</Button>}
            {past.length > 0 && <Button size="xs" variant="subtle" onClick={undo}>{words.buttons.undo}</Button>}
          </div>
          <table className={classes.map}>
            <thead><tr><th style={{ width: '20%' }}>{texts.column}</th><th style={{ width: '26%' }}>{texts.holds}</th><th style={{ width: '27%' }}>{texts.field}</th><th>{texts.status}</th><th><span className="visually-hidden">{texts.settings}</span></th></tr></thead>
            <tbody>{columns.filter((column) => shown === 'all' || column.state === shown).map((column) => <ColumnRow key={column.proposal.position} column={column} groups={groups} onChange={(choice) => change(column, choice)} onSettings={() => setSettings(column.proposal.position)} clashes={column.state === 'clash' ? columns.filter((one) => one.field === column.field) : []} />)}</tbody>
          </table>
        </div>
      )}
      <LeftOutDialog opened={leaving} columns={open} suggestedLabel={(path) => labelOfField(groups, path)} onClose={() => setLeaving(false)} onUse={suggesting ? () => { setLeaving(false); changeAll(suggestions) } : null} onLeave={next} />
      <ColumnSettings job={job.job} revision={draft.revision} saved={saving === 'saved'} column={columns.find((one) => one.proposal.position === settings) ?? null} object={object} objects={objects} onChange={(choice) => { const column = columns.find((one) => one.proposal.position === settings); if (column) change(column, choice) }} onClose={() => setSettings(null)} />
    </WizardFrame>
  )
}

/** Fields that a new record must have and no column feeds. A full name brings first and last name. */
function missingRequired(object: ObjectAnswer, columns: readonly MappedColumn[], { operation, defaults = {} }: Definition) {
  if (columns.length === 0 || operation === 'update' || operation === 'delete') return []
  const fed = new Set(columns.flatMap(({ field, choice }) => field === 'full_name' ? ['full_name', 'first_name', 'last_name'] : field === null ? choice?.split?.into ?? [] : [field]))
  return object.fields.filter((field) => field.required && field.default === undefined && !fed.has(field.name) && defaults[field.name] === undefined)
}
