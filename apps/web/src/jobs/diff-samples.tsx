import { words } from '../words/words.ts'
import classes from './job-page.module.css'

export interface Diff { row: number; record: string; name: string | null; fields: Record<string, { from: string | null; to: string | null; fromName?: string | null | undefined; toName?: string | null | undefined }> }

/** Some updates field by field: what is there now and what will be (or was put) there. */
export function DiffSamples({ diffs, title, most = 3, labelOf = (field) => field }: { diffs: Diff[]; title?: string; most?: number; labelOf?: (field: string) => string }) {
  const texts = words.jobs.preview
  return (
    <section>
      <h2 className={classes.heading}>{title ?? texts.title}</h2>
      <div className={classes.diffs}>
        {diffs.slice(0, most).map((diff) => (
          <div key={`${diff.row}-${diff.record}`} className={classes.diff}>
            <div className={classes.diffHead}>{texts.row(diff.row, diff.name ?? `record ${diff.record}`)}</div>
            {Object.entries(diff.fields).map(([field, { from, to, fromName, toName }]) => (
              <div key={field} className={classes.change}>
                <span>{labelOf(field)}</span>
                <span><del className={classes.was}>{fromName ?? from ?? texts.empty}</del><ins className={classes.is} style={{ textDecoration: 'none' }}>{toName ?? to ?? texts.empty}</ins></span>
              </div>
            ))}
          </div>
        ))}
      </div>
    </section>
  )
}
