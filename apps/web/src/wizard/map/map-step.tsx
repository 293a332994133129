import { ActionIcon, Button, Select, Tooltip } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import { useMemo, useState } from 'react'
import type { ColumnProposal, ObjectAnswer } from '@longshore/contract'
import { send } from '../../client/api.ts'
import { useObjects } from '../../client/queries.ts'
import { count, share } from '../../ui/number.ts'
import { Failure, SkeletonRows } from '../../ui/states.tsx'
import { words } from '../../words/words.ts'
import { changeDraft, definitionOf } from '../draft.ts'
import type { ColumnChoice, Draft } from '../draft.ts'
import classes from '../wizard.module.css'
import { WizardFrame } from '../wizard-frame.tsx'
import type { WizardFrameProps } from '../wizard-frame.tsx'
import { mappedColumns, withChoice } from './column-state.ts'
import type { ColumnState, MappedColumn } from './column-state.ts'
import { ColumnSettings } from './column-settings.tsx'
import { fieldOptions, labelOfField, skipValue } from './field-options.ts'
import type { FieldGroup } from './field-options.ts'

const texts = words.imports.map

interface MapStepProps { id: string; draft: Draft; object: ObjectAnswer; linkTo: WizardFrameProps['linkTo']; about: string }

/** Which column feeds which field, and why; what is sure is used, what is likely is asked about. */
export function MapStep({ id, draft, object, linkTo, about }: MapStepProps) {
  const navigate = useNavigate()
  const objects = useObjects()
  const [shown, setShown] = useState<ColumnState | 'all'>('all')
  const [settings, setSettings] = useState<number | null>(null)
  const [past, setPast] = useState<ColumnChoice[][]>([])
  const file = draft.file && 'upload' in draft.file ? draft.file : null
  const mapping = useQuery({
    queryKey: ['mapping', file?.upload, draft.object, draft.source], enabled: file !== null, staleTime: Infinity, placeholderData: keepPreviousData, retry: false,
    // only what the file itself says: choices of the person are laid over it here
    queryFn: ({ signal }) => send<{ columns: ColumnProposal[] }>('POST', `/v1/uploads/${encodeURIComponent(file?.upload ?? '')}/mapping`, { name: file?.name, definition: definitionOf({ ...draft, columns: [], match: [], merge: {}, operation: 'insert' }) }, { signal }),
  })
  const groups = useMemo(() => fieldOptions(object, objects), [object, objects])
  const columns = mappedColumns(mapping.data?.columns ?? [], draft.columns)
  const change = (position: number, choice: Partial<ColumnChoice>) => {
    setPast((before) => [...before.slice(-49), draft.columns])
    changeDraft(id, { columns: withChoice(draft.columns, position, choice) })
  }
  const undo = () => { const last = past.at(-1); if (last) { setPast(past.slice(0, -1)); changeDraft(id, { columns: last }) } }
  const numbers = { mapped: 0, ask: 0, skip: 0, clash: 0 }
  for (const column of columns) numbers[column.state]++
  const missing = missingRequired(object, columns, draft)
  const next = () => {
    // what is proposed and sure becomes part of the definition as it stands: what was seen is what is imported
    changeDraft(id, { columns: columns.reduce<ColumnChoice[]>((choices, column) => column.choice?.field === undefined ? withChoice(choices, column.proposal.position + 1, { field: column.field }) : choices, draft.columns) })
    void navigate({ to: '/imports/new', search: { draft: id, step: 'match' } })
  }
  return (
    <WizardFrame
      step="map" linkTo={linkTo} about={about} title={texts.title(columns.length)} keys={texts.keys}
      status={numbers.clash > 0 ? texts.clashes(numbers.clash) : words.states.saved}
      main={mapping.data ? { label: texts.next, run: next, disabled: numbers.clash > 0 || numbers.mapped === 0 } : null}
    >
      {mapping.isError && <Failure error={mapping.error} retry={() => void mapping.refetch()} />}
      {mapping.isPending && <SkeletonRows rows={10} height={34} />}
      {mapping.data && (
        <div onKeyDown={(event) => { if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !(event.target instanceof HTMLInputElement)) { event.preventDefault(); undo() } }}>
          {missing.length > 0 && <p className={classes.missing}>{texts.missing(missing.map((field) => field.label))}</p>}
          <div className={classes.bar} role="group" aria-label={texts.filter}>
            {(['all', 'mapped', 'ask', 'clash', 'skip'] as const).filter((state) => state === 'all' || state === 'mapped' || numbers[state] > 0).map((state) => (
              <button key={state} type="button" className={classes.filter} aria-pressed={shown === state} onClick={() => setShown(state)}><b>{count(state === 'all' ? columns.length : numbers[state])}</b> {texts.states[state].toLowerCase()}</button>
            ))}
            {past.length > 0 && <Button size="xs" variant="subtle" onClick={undo}>{words.buttons.undo}</Button>}
          </div>
          <table className={classes.map}>
            <thead><tr><th style={{ width: '20%' }}>{texts.column}</th><th style={{ width: '26%' }}>{texts.holds}</th><th style={{ width: '27%' }}>{texts.field}</th><th>{texts.status}</th><th><span className="visually-hidden">{texts.settings}</span></th></tr></thead>
            <tbody>{columns.filter((column) => shown === 'all' || column.state === shown).map((column) => <ColumnRow key={column.proposal.position} column={column} groups={groups} onChange={(choice) => change(column.proposal.position + 1, choice)} onSettings={() => setSettings(column.proposal.position)} clashes={column.state === 'clash' ? columns.filter((one) => one.field === column.field) : []} />)}</tbody>
          </table>
        </div>
      )}
      <ColumnSettings column={columns.find((one) => one.proposal.position === settings) ?? null} object={object} objects={objects} onChange={(choice) => { if (settings !== null) change(settings + 1, choice) }} onClose={() => setSettings(null)} />
    </WizardFrame>
  )
}

interface ColumnRowProps { column: MappedColumn; groups: FieldGroup[]; onChange: (choice: Partial<ColumnChoice>) => void; onSettings: () => void; clashes: MappedColumn[] }

function ColumnRow({ column: { proposal, choice, field, state }, groups, onChange, onSettings, clashes }: ColumnRowProps) {
  const name = proposal.header || texts.nameless(proposal.position + 1)
  const others = clashes.filter((one) => one.proposal.position !== proposal.position)
  return (
    <tr data-state={state}>
      <td><div className={classes.header}>{name}</div><div className={classes.why}>{texts.number(proposal.position + 1)}</div></td>
      <td>
        <div className={classes.samples}>{proposal.samples.length === 0 ? texts.empty : proposal.samples.map((sample) => sample.length > 40 ? `${sample.slice(0, 39)}…` : sample).join(' · ')}</div>
        {proposal.filled !== null && <div className={classes.share}><i><b style={{ width: `${proposal.filled * 100}%` }} /></i>{texts.filled(share(proposal.filled, 1))}</div>}
      </td>
      <td>
        <Select
          aria-label={texts.fieldOf(name)} data={groups} value={field ?? skipValue} searchable allowDeselect={false} maxDropdownHeight={320} nothingFoundMessage={texts.noField} comboboxProps={{ shadow: 'md' }}
          onChange={(value) => onChange({ field: value === null || value === skipValue ? null : value })}
        />
        {state === 'ask' && proposal.field !== null && <Button mt={4} size="compact-xs" variant="light" onClick={() => onChange({ field: proposal.field })}>{texts.use(labelOfField(groups, proposal.field))}</Button>}
        {state === 'clash' && others[0] && (
          <div className={classes.bar} style={{ margin: '4px 0 0' }}>
            <Button size="compact-xs" variant="light" onClick={() => onChange({ combine: { with: others.map((one) => one.proposal.position + 1), separator: ' ' }, field })}>{texts.combine(others.map((one) => one.proposal.header || texts.nameless(one.proposal.position + 1)).join(', '))}</Button>
            <Button size="compact-xs" variant="subtle" onClick={() => onChange({ field: null })}>{texts.leaveOut}</Button>
          </div>
        )}
      </td>
      <td>
        <span className={classes.state} data-state={state}>{texts.states[state]}</span>
        <div className={classes.why}>{state === 'clash' ? texts.clash : choice?.field !== undefined && choice.field !== proposal.field ? texts.chosen : proposal.reason}</div>
      </td>
      <td>{field !== null && <Tooltip label={texts.settings}><ActionIcon variant={hasSettings(choice) ? 'light' : 'subtle'} color={hasSettings(choice) ? undefined : 'gray'} aria-label={texts.settingsOf(name)} onClick={onSettings}><SlidersHorizontal size={16} /></ActionIcon></Tooltip>}</td>
    </tr>
  )
}

function hasSettings(choice: ColumnChoice | undefined): boolean {
  return choice !== undefined && Object.keys(choice).some((key) => key !== 'position' && key !== 'field')
}

/** Fields that a new record must have and no column feeds. A full name brings first and last name. */
function missingRequired(object: ObjectAnswer, columns: readonly MappedColumn[], draft: Draft) {
  if (columns.length === 0 || draft.operation === 'update' || draft.operation === 'delete') return []
  const fed = new Set(columns.flatMap((column) => column.field === 'full_name' ? ['full_name', 'first_name', 'last_name'] : column.field === null ? [] : [column.field]))
  return object.fields.filter((field) => field.required && field.default === undefined && !fed.has(field.name))
}
