import { Button, MultiSelect, NativeSelect, Radio } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { JobDetails, ObjectAnswer } from '@longshore/contract'
import { send } from '../../client/api.ts'
import { useObjects } from '../../client/queries.ts'
import { Failure } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { words } from '../../words/words.ts'
import { changeDraft, definitionOf, rememberJob } from '../draft.ts'
import type { Draft, MergeRule } from '../draft.ts'
import { fieldOptions, labelOfField } from '../map/field-options.ts'
import classes from '../wizard.module.css'
import { WizardFrame } from '../wizard-frame.tsx'
import type { WizardFrameProps } from '../wizard-frame.tsx'
import { changeOf, needsMatch, strategies, strategyOf, suggestedCriteria, updates } from './strategies.ts'

const texts = words.imports.match
const mergeRules: MergeRule[] = ['if-empty', 'always', 'if-newer', 'append', 'never']

interface MatchStepProps { id: string; draft: Draft; object: ObjectAnswer; linkTo: WizardFrameProps['linkTo']; about: string }

/** What happens to rows that meet a record, how records are found, and which of their fields may change. */
export function MatchStep({ id, draft, object, linkTo, about }: MatchStepProps) {
  const navigate = useNavigate()
  const objects = useObjects()
  const groups = fieldOptions(object, objects)
  const mapped = draft.columns.flatMap((column) => column.field ? [column.field] : [])
  const strategy = strategyOf(draft)
  const set = (change: Partial<Draft>) => changeDraft(id, change)

  const suggestion = JSON.stringify(suggestedCriteria(object.matchKeys, new Set(mapped)))
  useEffect(() => { if (!draft.matchChosen) changeDraft(id, { match: JSON.parse(suggestion) as string[][] }) }, [draft.matchChosen, suggestion, id])

  const begin = useMutation({
    mutationFn: () => {
      const merge = updates(strategy) ? Object.fromEntries(mapped.map((path) => [path, draft.merge[path] ?? 'if-empty'])) : {}
      return send<JobDetails>('POST', '/v1/imports', { file: draft.file && 'upload' in draft.file ? { upload: draft.file.upload, name: draft.file.name } : draft.file, definition: definitionOf({ ...draft, merge }), dryRun: true }, { headers: { 'idempotency-key': crypto.randomUUID() } })
    },
    onSuccess: (job) => { rememberJob(job.job, id); void navigate({ to: '/imports/$job/$step', params: { job: String(job.job), step: 'check' } }) },
  })
  const referenceFields = mapped.filter((path) => path.includes('.'))
  const without = draft.match.filter((criterion) => criterion.length > 0).length === 0
  const blocked = needsMatch(strategy) && without
  return (
    <WizardFrame
      step="match" linkTo={linkTo} about={about} title={texts.title(object.pluralLabel)} status={blocked ? texts.needed : words.states.saved}
      main={{ label: texts.next, run: () => begin.mutate(), loading: begin.isPending, disabled: blocked }}
    >
      {begin.isError && <Failure error={begin.error} title={texts.refused} />}
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
      <div className={classes.criteria}>
        {draft.match.map((criterion, index) => (
          <div key={index} className={classes.criterion}>
            <MultiSelect aria-label={texts.criterion(index + 1)} placeholder={criterion.length === 0 ? texts.chooseFields : ''} data={mapped.map((path) => ({ value: path, label: labelOfField(groups, path) }))} value={criterion} onChange={(value) => set({ match: draft.match.with(index, value), matchChosen: true })} searchable />
            <Button variant="default" onClick={() => set({ match: draft.match.toSpliced(index, 1), matchChosen: true })} aria-label={texts.removeCriterion(index + 1)}>{words.buttons.remove}</Button>
          </div>
        ))}
        <div><Button variant="default" size="xs" onClick={() => set({ match: [...draft.match, []], matchChosen: true })}>{draft.match.length === 0 ? texts.addFirst : texts.addOther}</Button></div>
        {without && !needsMatch(strategy) && <p className={classes.missing} style={{ background: 'var(--ls-warn-ground)', color: 'var(--ls-warn)', margin: 0 }}>{texts.noCriteria}</p>}
      </div>
      {!without && <NativeSelect mt="md" maw={420} label={texts.several} value={draft.onSeveral} onChange={({ currentTarget }) => set({ onSeveral: currentTarget.value as Draft['onSeveral'] })} data={texts.severals} />}
      {referenceFields.length > 0 && <NativeSelect mt="md" maw={420} label={texts.missing(referenceFields.map((path) => labelOfField(groups, path)).join(', '))} value={draft.missingReference} onChange={({ currentTarget }) => set({ missingReference: currentTarget.value as Draft['missingReference'] })} data={texts.missings} />}

      {updates(strategy) && (
        <>
          <h2 className={classes.section}>{texts.mergeTitle}</h2>
          <p className={classes.quiet}>{texts.mergeText}</p>
          <div className={classes.bar}>{texts.allFields}{(['if-empty', 'always', 'never'] as const).map((rule) => <Button key={rule} size="compact-sm" variant="default" onClick={() => set({ merge: Object.fromEntries(mapped.map((path) => [path, rule])) })}>{texts.rules[rule]}</Button>)}</div>
          <div className={table.wrap} style={{ maxWidth: 780 }}>
            <table className={table.table}>
              <thead><tr><th>{texts.field}</th><th>{texts.rule}</th></tr></thead>
              <tbody>{mapped.filter((path) => !path.includes('.')).map((path) => (
                <tr key={path}><td>{labelOfField(groups, path)}</td><td><NativeSelect size="xs" aria-label={texts.ruleOf(labelOfField(groups, path))} value={draft.merge[path] ?? 'if-empty'} onChange={({ currentTarget }) => set({ merge: { ...draft.merge, [path]: currentTarget.value as MergeRule } })} data={mergeRules.map((rule) => ({ value: rule, label: texts.rules[rule] }))} /></td></tr>
              ))}</tbody>
            </table>
          </div>
        </>
      )}
    </WizardFrame>
  )
}
