import { Button, MultiSelect, NativeSelect, Radio } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { JobDetails, ObjectAnswer } from '@longshore/contract'
import { OutcomeBar } from '../../jobs/outcome-bar.tsx'
import { useObjects } from '../../client/queries.ts'
import { Failure } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import { beginCheck } from '../begin-check.ts'
import type { Definition, MergeRule } from '../definition.ts'
import { DraftNotices } from '../draft-notices.tsx'
import type { DraftStore } from '../draft-store.ts'
import { useDraftState } from '../use-draft.ts'
import { fieldOptions, labelOfField } from '../map/field-options.ts'
import classes from '../wizard.module.css'
import { WizardFrame } from '../wizard-frame.tsx'
import type { WizardFrameProps } from '../wizard-frame.tsx'
import { changeOf, needsMatch, strategies, strategyOf, suggestedCriteria, updates } from './strategies.ts'

const texts = importWords.match
const mergeRules: MergeRule[] = ['if-empty', 'always', 'if-newer', 'append', 'never']

interface MatchStepProps { store: DraftStore; job: JobDetails; object: ObjectAnswer; linkTo: WizardFrameProps['linkTo']; about: string }

/** What happens to rows that meet a record, how records are found, and which of their fields may change. */
export function MatchStep({ store, job, object, linkTo, about }: MatchStepProps) {
  const navigate = useNavigate()
  const objects = useObjects()
  const groups = fieldOptions(object, objects)
  const { definition, draft, saving } = useDraftState(store)
  const mapped = [...new Set(definition.columns.flatMap((column) => column.field ? [column.field] : (column.split?.into ?? []).filter((path) => path !== null)))]
  const strategy = strategyOf(definition)
  const set = (change: Partial<Definition>) => store.change(change)

  // what the object suggests stands until somebody has chosen; nobody has, where no edit speaks of it
  const suggestion = JSON.stringify(suggestedCriteria(object.matchKeys, new Set(mapped)))
  const untouched = definition.match.length === 0 && !draft.edits.some((edit) => edit.changed.includes('match'))
  useEffect(() => { if (untouched && suggestion !== '[]') store.change({ match: JSON.parse(suggestion) as string[][] }) }, [untouched, suggestion, store])

  const begin = useMutation({
    mutationFn: () => {
      const merge = updates(strategy) ? Object.fromEntries(mapped.map((path) => [path, definition.merge[path] ?? 'if-empty' as const])) : {}
      const match = definition.match.filter((criterion) => criterion.length > 0)
      if (JSON.stringify([merge, match]) !== JSON.stringify([definition.merge, definition.match])) store.change({ merge, match })
      return beginCheck(store)
    },
    onSuccess: () => void navigate({ to: '/imports/$job/$step', params: { job: String(job.job), step: 'check' } }),
  })
  const unmapped = [...new Set(definition.match.flat().filter((path) => !mapped.some((one) => one === path || one.startsWith(`${path}.`))))]
  const referenceFields = mapped.filter((path) => path.includes('.'))
  const without = definition.match.filter((criterion) => criterion.length > 0).length === 0
  const blocked = (needsMatch(strategy) && without) || unmapped.length > 0
  return (
    <WizardFrame
      step="match" linkTo={linkTo} about={about} title={texts.title(object.pluralLabel)} status={needsMatch(strategy) && without ? texts.needed : saving === 'saved' ? words.states.saved : saving === 'saving' ? words.states.saving : ''}
      main={{ label: texts.next, run: () => begin.mutate(), loading: begin.isPending, disabled: blocked }}
    >
      <DraftNotices store={store} />
      {begin.isError && <Failure error={begin.error} title={texts.refused} />}
      {job.state === 'planned' && saving === 'saved' && <div style={{ maxWidth: 780, marginBottom: 14 }}><strong>{texts.lastCheck(job.rows)}</strong><OutcomeBar counts={job.counts} planned /></div>}
      <h2 className={classes.section} style={{ marginTop: 4 }} id="strategies">{texts.strategyTitle}</h2>
      <Radio.Group value={strategy} onChange={(value) => set(changeOf(value as typeof strategy))} aria-labelledby="strategies">
        <div className={classes.choices}>
          {strategies.map((name) => (
            <label key={name} className={classes.choice} data-chosen={strategy === name || undefined}><Radio value={name} label={texts.strategies[name].label} description={texts.strategies[name].text} /></label>
          ))}
        </div>
      </Radio.Group>

      <h2 className={classes.section}>{texts.criteriaTitle(object.pluralLabel)}</h2>
      <p className={classes.quiet}>{texts.criteriaText}</p>
      {unmapped.length > 0 && <p className={classes.missing}>{texts.unmapped(unmapped.map((path) => labelOfField(groups, path)).join(', '))} <Link to="/imports/$job/$step" params={{ job: String(job.job), step: 'map' }}>{texts.toMap}</Link></p>}
      <div className={classes.criteria}>
        {definition.match.map((criterion, index) => (
          <div key={index} className={classes.criterion}>
            <MultiSelect aria-label={texts.criterion(index + 1)} placeholder={criterion.length === 0 ? texts.chooseFields : ''} data={[...new Set([...mapped, ...criterion])].map((path) => ({ value: path, label: labelOfField(groups, path) }))} value={criterion} onChange={(value) => set({ match: definition.match.with(index, value) })} searchable />
            <Button variant="default" onClick={() => set({ match: definition.match.toSpliced(index, 1) })} aria-label={texts.removeCriterion(index + 1)}>{words.buttons.remove}</Button>
          </div>
        ))}
        <div><Button variant="default" size="xs" onClick={() => set({ match: [...definition.match, []] })}>{definition.match.length === 0 ? texts.addFirst : texts.addOther}</Button></div>
        {without && !needsMatch(strategy) && <p className={classes.missing} style={{ background: 'var(--ls-warn-ground)', color: 'var(--ls-warn)', margin: 0 }}>{texts.noCriteria}</p>}
      </div>
      {!without && <NativeSelect mt="md" maw={420} label={texts.several} value={definition.onSeveral} onChange={({ currentTarget }) => set({ onSeveral: currentTarget.value as Definition['onSeveral'] })} data={texts.severals} />}
      {referenceFields.length > 0 && <NativeSelect mt="md" maw={420} label={texts.missing(referenceFields.map((path) => labelOfField(groups, path)).join(', '))} value={definition.missingReference} onChange={({ currentTarget }) => set({ missingReference: currentTarget.value as Definition['missingReference'] })} data={texts.missings} />}

      {updates(strategy) && (
        <>
          <h2 className={classes.section}>{texts.mergeTitle}</h2>
          <p className={classes.quiet}>{texts.mergeText}</p>
          <div className={classes.bar}>{texts.allFields}{(['if-empty', 'always', 'never'] as const).map((rule) => <Button key={rule} size="compact-sm" variant="default" onClick={() => set({ merge: Object.fromEntries(mapped.map((path) => [path, rule])) })}>{texts.rules[rule]}</Button>)}</div>
          <div className={table.wrap} style={{ maxWidth: 780 }}>
            <table className={table.table}>
              <thead><tr><th>{texts.field}</th><th>{texts.rule}</th></tr></thead>
              <tbody>{mapped.filter((path) => !path.includes('.')).map((path) => (
                <tr key={path}><td>{labelOfField(groups, path)}</td><td><NativeSelect size="xs" aria-label={texts.ruleOf(labelOfField(groups, path))} value={definition.merge[path] ?? 'if-empty'} onChange={({ currentTarget }) => set({ merge: { ...definition.merge, [path]: currentTarget.value as MergeRule } })} data={mergeRules.map((rule) => ({ value: rule, label: texts.rules[rule] }))} /></td></tr>
              ))}</tbody>
            </table>
          </div>
        </>
      )}
    </WizardFrame>
  )
}
