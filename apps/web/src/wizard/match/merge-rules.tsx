import { Button, NativeSelect } from '@mantine/core'
import table from '../../ui/table.module.css'
import { importWords } from '../../words/imports.ts'
import type { MergeRule } from '../definition.ts'
import classes from '../wizard.module.css'

const texts = importWords.match
const mergeRules: MergeRule[] = ['always', 'if-empty', 'if-newer', 'append', 'never']

interface MergeRulesProps {
  /** Paths that columns feed and an update may change. */
  fields: readonly string[]
  merge: Readonly<Record<string, MergeRule>>
  /** Where nobody has chosen. */
  usual: MergeRule
  labelOf: (path: string) => string
  mayAppend: (path: string) => boolean
  onChange: (merge: Record<string, MergeRule>) => void
}

/** Which fields of a record that is there may get the file's value. */
export function MergeRules({ fields, merge, usual, labelOf, mayAppend, onChange }: MergeRulesProps) {
  return (
    <>
      <h2 className={classes.section}>{texts.mergeTitle}</h2>
      <p className={classes.quiet}>{texts.mergeText(texts.rules[usual])}</p>
      <div className={classes.bar}>{texts.allFields}{(['always', 'if-empty', 'never'] as const).map((rule) => <Button key={rule} size="compact-sm" variant="default" onClick={() => onChange(Object.fromEntries(fields.map((path) => [path, rule])))}>{texts.rules[rule]}</Button>)}</div>
      <div className={table.wrap} style={{ maxWidth: 780 }}>
        <table className={table.table}>
          <thead><tr><th>{texts.field}</th><th>{texts.rule}</th></tr></thead>
          <tbody>{fields.map((path) => (
            <tr key={path}><td>{labelOf(path)}</td><td><NativeSelect size="xs" aria-label={texts.ruleOf(labelOf(path))} value={merge[path] ?? usual} onChange={({ currentTarget }) => onChange({ ...merge, [path]: currentTarget.value as MergeRule })} data={mergeRules.filter((rule) => rule !== 'append' || mayAppend(path) || merge[path] === 'append').map((rule) => ({ value: rule, label: texts.rules[rule] }))} /></td></tr>
          ))}</tbody>
        </table>
      </div>
    </>
  )
}
