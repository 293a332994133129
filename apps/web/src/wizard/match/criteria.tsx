import { Button, MultiSelect } from '@mantine/core'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'

const texts = importWords.match

interface CriteriaProps { match: readonly string[][]; fields: readonly string[]; labelOf: (path: string) => string; onChange: (match: string[][]) => void }

/** Criteria in the order in which they are tried; the fields of one must all agree. */
export function Criteria({ match, fields, labelOf, onChange }: CriteriaProps) {
  return (
    <>
      {match.map((criterion, index) => (
        <div key={index} className={classes.criterion}>
          <MultiSelect aria-label={texts.criterion(index + 1)} placeholder={criterion.length === 0 ? texts.chooseFields : ''} data={[...new Set([...fields, ...criterion])].map((path) => ({ value: path, label: labelOf(path) }))} value={criterion} onChange={(value) => onChange(match.with(index, value))} searchable />
          <Button variant="default" onClick={() => onChange(match.toSpliced(index, 1))} aria-label={texts.removeCriterion(index + 1)}>{words.buttons.remove}</Button>
        </div>
      ))}
      <div><Button variant="default" size="xs" onClick={() => onChange([...match, []])}>{match.length === 0 ? texts.addFirst : texts.addOther}</Button></div>
    </>
  )
}
