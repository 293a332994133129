import { NativeSelect, Radio } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { expectedOf } from '@longshore/core/expected'
import type { JobDetails, ObjectAnswer } from '@longshore/contract'
import { OutcomeBar } from '../../jobs/outcome-bar.tsx'
import { isUnreachable } from '../../client/problem.ts'
import { useObjects } from '../../client/queries.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { Failure } from '../../ui/states.tsx'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import { beginCheck } from '../begin-check.ts'
import type { Definition } from '../definition.ts'
import { DraftNotices } from '../draft-notices.tsx'
import type { DraftStore } from '../draft-store.ts'
import { useDraftState } from '../use-draft.ts'
import { fieldOptions, labelOfField } from '../map/field-options.ts'
import classes from '../wizard.module.css'
import { WizardFrame } from '../wizard-frame.tsx'
import type { WizardFrameProps } from '../wizard-frame.tsx'
import { Criteria } from './criteria.tsx'
import { MatchPreview, useMatches } from './match-preview.tsx'
import { MergeRules } from './merge-rules.tsx'
import { MissingReferences } from './missing-references.tsx'
import type { MissingPolicy } from './missing-references.tsx'
import { changeOf, chosenRules, mayFlagSeveral, needsMatch, recordIdsAt, settingsFor, strategies, strategyOf, suggestedCriteria, updates, usualRule, withCriteria } from './strategies.ts'

const texts = importWords.match

/** Kinds that hold several values, or a text that can go on: core refuses to append to others. */
const appendable = new Set(['tags', 'multi-select', 'long-text'])

interface MatchStepProps { store: DraftStore; job: JobDetails; object: ObjectAnswer; linkTo: WizardFrameProps['linkTo']; about: string }

/** What happens to rows that meet a record, how records are found, and which of their fields may change; with this file's numbers. */
export function MatchStep({ store, job, object, linkTo, about }: MatchStepProps) {
  const navigate = useNavigate()
  const objects = useObjects()
  const groups = fieldOptions(object, objects)
  const { definition, draft, saving } = useDraftState(store)
  const mapped = [...new Set(definition.columns.flatMap((column) => column.field === 'id' ? [] : column.field ? [column.field] : (column.split?.into ?? []).filter((path) => path !== null)))]
  const strategy = strategyOf(definition)
  const set = (change: Partial<Definition>) => store.change(change)
  const labelOf = (path: string) => path === 'id' ? texts.recordId : labelOfField(groups, path)
  const findable = [...mapped, ...(recordIdsAt(draft.columns) !== -1 ? ['id'] : [])]

  // what the object suggests stands until somebody has chosen; nobody has, where no edit speaks of it
  const suggestion = JSON.stringify(suggestedCriteria(object.matchKeys, new Set(mapped)))
  const untouched = definition.match.length === 0 && !draft.edits.some((edit) => edit.changed.includes('match'))
  useEffect(() => { if (untouched && suggestion !== '[]') store.change({ match: JSON.parse(suggestion) as string[][] }) }, [untouched, suggestion, store])

  const begin = useMutation({
    mutationFn: () => {
      const merge = chosenRules(strategy, definition, mapped)
      const match = definition.match.filter((criterion) => criterion.length > 0)
      if (JSON.stringify([merge, match, changeOf(strategy)]) !== JSON.stringify([definition.merge, definition.match, { operation: definition.operation, onDuplicate: definition.onDuplicate }])) store.change({ merge, match, ...changeOf(strategy) })
      return beginCheck(store)
    },
    onSuccess: () => void navigate({ to: '/imports/$job/$step', params: { job: String(job.job), step: 'check' } }),
  })
  const unmapped = [...new Set(definition.match.flat().filter((path) => !findable.some((one) => one === path || one.startsWith(`${path}.`))))]
  const referenceFields = mapped.filter((path) => path.includes('.'))
  const without = definition.match.filter((criterion) => criterion.length > 0).length === 0
  const matches = useMatches(store, job.job, (!without || referenceFields.length > 0) && unmapped.length === 0)
  const met = !without && unmapped.length === 0 ? matches.data : undefined
  const outcome = (name: typeof strategy) => met && expectedOf({ ...changeOf(name), onSeveral: definition.onSeveral }, met)
  const expected = (name: typeof strategy) => Object.entries(outcome(name) ?? {}).map(([what, rows]) => texts.preview.expected[what as keyof typeof texts.preview.expected](rows)).join(', ')
  const beside = met && !met.sample ? outcome(strategy)?.beside ?? 0 : 0
  // what rows refer to and is not there is asked about, unless somebody has said so or seen what the check made of it
  const notThere = strategy === 'delete' || unmapped.length > 0 ? [] : matches.data?.references ?? []
  const [fails, setFails] = useState(false)
  const missingChosen: MissingPolicy | null = definition.missingReference !== 'error' ? definition.missingReference : fails || job.state === 'planned' || draft.edits.some((edit) => edit.changed.includes('missingReference')) ? 'error' : null
  const chooseMissing = (policy: MissingPolicy) => { setFails(policy === 'error'); if (policy !== definition.missingReference) set({ missingReference: policy }) }
  const asksMissing = notThere.length > 0 && missingChosen === null
  const blocked = (needsMatch(strategy) && without) || unmapped.length > 0 || asksMissing
  return (
    <WizardFrame
      step="match" linkTo={linkTo} about={about} title={texts.title(object.pluralLabel)} status={needsMatch(strategy) && without ? texts.needed : asksMissing ? texts.notThere.needed : saving === 'saved' ? words.states.saved : saving === 'saving' ? words.states.saving : ''}
      main={{ label: beside > 0 ? texts.nextBeside(beside) : texts.next, run: () => begin.mutate(), loading: begin.isPending, disabled: blocked }}
    >
      <DraftNotices store={store} />
      {begin.isError && <Failure error={begin.error} {...isUnreachable(begin.error) ? { retry: () => begin.mutate() } : { title: texts.refused }} />}
      {job.state === 'planned' && saving === 'saved' && <div style={{ maxWidth: 780, marginBottom: 14 }}><strong>{texts.lastCheck(job.rows)}</strong><OutcomeBar counts={job.counts} planned /></div>}
      <h2 className={classes.section} style={{ marginTop: 4 }} id="strategies">{texts.strategyTitle}</h2>
      <Radio.Group value={strategy} onChange={(value) => set(settingsFor(value as typeof strategy, definition))} aria-labelledby="strategies">
        <div className={classes.choices}>
          {strategies.map((name) => (
            <label key={name} className={classes.choice} data-chosen={strategy === name || undefined}><Radio value={name} label={texts.strategies[name].label} description={<>{texts.strategies[name].text}{met && <span className={classes.expected}>{expected(name)}</span>}</>} /></label>
          ))}
        </div>
      </Radio.Group>

      <h2 className={classes.section}>{texts.criteriaTitle(object.pluralLabel)}</h2>
      <p className={classes.quiet}>{texts.criteriaText}</p>
      {unmapped.length > 0 && <p className={classes.missing}>{texts.unmapped(unmapped.map(labelOf).join(', '))} <Link to="/imports/$job/$step" params={{ job: String(job.job), step: 'map' }}>{texts.toMap}</Link></p>}
      <div className={classes.criteria}>
        <Criteria match={definition.match} fields={findable} labelOf={labelOf} onChange={(match) => set(withCriteria(match, definition, draft.columns))} />
        {without && !needsMatch(strategy) && <p className={classes.missing} style={{ background: 'var(--ls-warn-ground)', color: 'var(--ls-warn)', margin: 0 }}>{texts.noCriteria}</p>}
      </div>
      {!without && unmapped.length === 0 && <MatchPreview matches={matches} object={object.name} labelOf={(criterion) => criterion.split('+').map(labelOf).join(' + ')} note={definition.missingReference === 'error' && referenceFields.length > 0 && met?.sample === true && notThere.length === 0 ? texts.missingFails(referenceFields.map(labelOf).join(', ')) : null} />}
      {!without && <NativeSelect mt="md" maw={420} label={texts.several} value={definition.onSeveral} onChange={({ currentTarget }) => set({ onSeveral: currentTarget.value as Definition['onSeveral'] })} data={texts.severals.filter(({ value }) => value !== 'flag' || mayFlagSeveral(strategy))} />}
      {notThere.length > 0
        ? <MissingReferences references={notThere} sample={matches.data?.sample === true ? matches.data.looked : null} chosen={missingChosen} labelOf={(path) => labelOf(mapped.find((one) => one.startsWith(`${path}.`)) ?? path)} onChoose={chooseMissing} />
        : referenceFields.length > 0 && <NativeSelect mt="md" maw={420} label={texts.missing(referenceFields.map(labelOf).join(', '))} value={definition.missingReference} onChange={({ currentTarget }) => set({ missingReference: currentTarget.value as Definition['missingReference'] })} data={texts.missings} />}

      {referenceFields.some((path) => !path.endsWith('.name')) && strategy !== 'delete' && <NativeSelect mt="md" maw={420} label={texts.existing} description={texts.existingText} value={definition.existingReference ?? 'leave'} onChange={({ currentTarget }) => set({ existingReference: currentTarget.value === 'update' ? 'update' : undefined })} data={texts.existings} />}
      {updates(strategy) && ((met?.binned ?? 0) > 0 || definition.restoreBinned) && <NativeSelect mt="md" maw={420} label={texts.binned} value={definition.restoreBinned ? 'restore' : 'add'} onChange={({ currentTarget }) => set({ restoreBinned: currentTarget.value === 'restore' || undefined })} data={texts.binneds} />}
      {updates(strategy) && <MergeRules fields={mapped.filter((path) => !path.includes('.') || definition.existingReference === 'update')} merge={definition.merge} usual={usualRule(strategy)} labelOf={labelOf} mayAppend={(path) => appendable.has(fieldAt(object, objects, path)?.kind ?? '')} onChange={(merge) => set({ merge })} />}
    </WizardFrame>
  )
}

/** The field at a path: one of the object's own, or of what it refers to. */
function fieldAt(object: ObjectAnswer, objects: readonly ObjectAnswer[], path: string): ObjectAnswer['fields'][number] | undefined {
  const [first = '', ...rest] = path.split('.')
  const field = object.fields.find((one) => one.name === first)
  const target = rest.length === 0 ? undefined : objects.find((one) => one.name === field?.targets?.[0])
  return target ? target.fields.find((one) => one.name === rest.join('.')) : field
}
