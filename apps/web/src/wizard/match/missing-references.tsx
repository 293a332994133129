import { Radio } from '@mantine/core'
import type { DraftMatchesAnswer } from '@longshore/contract'
import { useMay } from '../../client/may.ts'
import { useObjects } from '../../client/queries.ts'
import { objectCount } from '../../ui/object-noun.ts'
import { importWords } from '../../words/imports.ts'
import type { Definition } from '../definition.ts'
import classes from '../wizard.module.css'

const texts = importWords.match.notThere
const policies = ['create', 'blank', 'error'] as const
export type MissingPolicy = Definition['missingReference']

/** What rows refer to that is not there yet, with this file's numbers, and the choice about it: nobody is taken by surprise at the check. */
export function MissingReferences({ references, sample, chosen, labelOf, onChoose }: { references: DraftMatchesAnswer['references']; sample: number | null; /** null: nobody has chosen yet. */ chosen: MissingPolicy | null; labelOf: (path: string) => string; onChoose: (policy: MissingPolicy) => void }) {
  const objects = useObjects()
  const may = useMay()
  const kept = references.filter(({ object }) => !may.object(object, 'import')).map(({ object }) => objects.find((one) => one.name === object)?.pluralLabel ?? object)
  return (
    <section aria-labelledby="not-there">
      <h2 className={classes.section} id="not-there">{texts.title(references.map(({ object, missing }) => objectCount(objects, object, missing)))}</h2>
      <p className={classes.quiet}>{references.map(({ path, rows }) => texts.named(rows, labelOf(path))).join(' ')} {sample !== null && texts.sample(sample)}</p>
      <Radio.Group value={chosen ?? ''} onChange={(value) => onChoose(value as MissingPolicy)} aria-labelledby="not-there">
        <div className={classes.choices}>
          {policies.map((policy) => (
            <label key={policy} className={classes.choice} data-chosen={chosen === policy || undefined}>
              <Radio value={policy} disabled={policy === 'create' && kept.length > 0} label={texts.choices[policy].label} description={policy === 'create' && kept.length > 0 ? texts.mayNot(kept.join(', ')) : texts.choices[policy].text} />
            </label>
          ))}
        </div>
      </Radio.Group>
    </section>
  )
}
