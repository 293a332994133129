import { ActionIcon, Button, Select, Tooltip } from '@mantine/core'
import { useMemo } from 'react'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import { share } from '../../ui/number.ts'
import { importWords } from '../../words/imports.ts'
import type { ColumnChoice } from '../definition.ts'
import classes from '../wizard.module.css'
import type { MappedColumn } from './column-state.ts'
import { labelOfField, newFieldValue, skipValue, withNewField } from './field-options.ts'
import type { FieldGroup } from './field-options.ts'
import { plainReason } from './plain-reason.ts'

const texts = importWords.map

interface ColumnRowProps { column: MappedColumn; groups: FieldGroup[]; onChange: (choice: Partial<ColumnChoice>) => void; onSettings: () => void; clashes: MappedColumn[] }

/** A column of the file: what it holds, where it goes, and why. */
export function ColumnRow({ column: { proposal, choice, field, becomes, state, suggested, open }, groups, onChange, onSettings, clashes }: ColumnRowProps) {
  const name = proposal.header || texts.nameless(proposal.position + 1)
  const newField = becomes === 'new' ? texts.newFieldOf(choice?.create?.label ?? name) : texts.create(name)
  const others = clashes.filter((one) => one.proposal.position !== proposal.position)
  const take = (value: string | null) => {
    if (value === newFieldValue) onChange({ field: undefined, split: undefined, create: {} })
    else onChange({ create: undefined, split: undefined, field: value === null || value === skipValue ? null : value })
  }
  // what will be made is called by its name, in the list and once it is chosen
  const options = useMemo(() => withNewField(groups, newField), [groups, newField])
  return (
    <tr data-state={state}>
      <td><div className={classes.header}>{name}</div><div className={classes.why}>{texts.number(proposal.position + 1)}</div></td>
      <td>
        <div className={classes.samples}>{proposal.samples.length === 0 ? texts.empty : proposal.samples.map((sample) => sample.length > 40 ? `${sample.slice(0, 39)}…` : sample).join(' · ')}</div>
        {proposal.filled !== null && <div className={classes.share}><i><b style={{ width: `${proposal.filled * 100}%` }} /></i>{texts.filled(share(proposal.filled, 1))}</div>}
      </td>
      <td>
        {becomes === 'split' ? <div className={classes.samples}>{texts.splitInto((choice?.split?.into ?? []).map((path) => path === null ? texts.skip : labelOfField(groups, path)).join(', '))}</div> : field === 'id' ? <div className={classes.samples}>{texts.recordIds}</div> : (
          <Select
            aria-label={texts.fieldOf(name)} data={options} value={becomes === 'new' ? newFieldValue : field ?? skipValue} searchable allowDeselect={false} maxDropdownHeight={320} nothingFoundMessage={texts.noField} comboboxProps={{ shadow: 'md' }}
            onChange={take} onFocus={({ currentTarget }) => currentTarget.select()}
          />
        )}
        {suggested !== null && <Button mt={4} size="compact-xs" variant="light" onClick={() => onChange({ field: suggested })}>{texts.use(labelOfField(groups, suggested))}</Button>}
        {open !== null && <Button mt={4} size="compact-xs" variant="light" onClick={onSettings}>{texts.sayHow}</Button>}
        {state === 'clash' && others[0] && (
          <div className={classes.bar} style={{ margin: '4px 0 0' }}>
            <Button size="compact-xs" variant="light" onClick={() => onChange({ combine: { with: others.map((one) => one.proposal.position + 1), separator: ' ' }, field })}>{texts.combine(others.map((one) => one.proposal.header || texts.nameless(one.proposal.position + 1)).join(', '))}</Button>
            <Button size="compact-xs" variant="subtle" onClick={() => onChange({ field: null })}>{texts.leaveOut}</Button>
          </div>
        )}
      </td>
      <td>
        <span className={classes.state} data-state={state}>{becomes === 'new' ? texts.newField : texts.states[state]}</span>
        <div className={classes.why}>{becomes === 'new' ? texts.newFieldText(choice?.create?.label ?? name) : state === 'clash' ? texts.clash : open !== null ? importWords.columnSettings.open(open) : choice?.field !== undefined && choice.field !== proposal.field && suggested === null ? texts.chosen : plainReason(proposal.reason, (path) => { const label = labelOfField(groups, path); return label === path ? undefined : label })}</div>
      </td>
      <td>{(field !== null || becomes !== 'field') && <Tooltip label={texts.settings}><ActionIcon variant={hasSettings(choice) ? 'light' : 'subtle'} color={hasSettings(choice) ? undefined : 'gray'} aria-label={texts.settingsOf(name)} onClick={onSettings}><SlidersHorizontal size={16} /></ActionIcon></Tooltip>}</td>
    </tr>
  )
}

function hasSettings(choice: ColumnChoice | undefined): boolean {
  return choice !== undefined && Object.keys(choice).some((key) => !['position', 'header', 'field', 'create'].includes(key))
}
