import { Button } from '@mantine/core'
import { useMay } from '../../client/may.ts'
import { useObjects } from '../../client/queries.ts'
import table from '../../ui/table.module.css'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import classes from '../settings.module.css'

const texts = settingsWords.templates

/** Blank files to fill in, of every object that one may import. */
export function TemplatesSection() {
  const may = useMay()
  const objects = useObjects().filter((object) => may.object(object.name, 'import'))
  return (
    <>
      <p className={classes.lead}>{texts.lead}</p>
      <div className={table.wrap}>
        <table className={table.table}>
          <thead><tr><th>{texts.object}</th><th>{texts.needs}</th><th><span className="visually-hidden">{words.buttons.download}</span></th></tr></thead>
          <tbody>{objects.map((object) => (
            <tr key={object.name}>
              <td>{object.pluralLabel}</td><td className={classes.quiet}>{object.fields.filter((field) => field.required).map((field) => field.label).join(', ')}</td>
              <td><div className={classes.actions}>{(['csv', 'xlsx'] as const).map((format) => <Button key={format} component="a" download href={`/v1/objects/${object.name}/template?format=${format}`} size="compact-xs" variant="default" aria-label={texts.download(object.pluralLabel, texts.formats[format])}>{texts.formats[format]}</Button>)}</div></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </>
  )
}
