import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ObjectAnswer, RelatedAnswer } from '@longshore/contract'
import { get } from '../client/api.ts'
import { useObjects } from '../client/queries.ts'
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx'
import { words } from '../words/words.ts'
import classes from './records.module.css'

const texts = words.records.related

/** What leads to a record, by object: its contacts, deals, notes, and what it is associated with. */
export function RelatedList({ address, object, record }: { address: string; object: ObjectAnswer; record: string }) {
  const objects = useObjects()
  const found = useQuery({ queryKey: ['related', address], queryFn: ({ signal }) => get<RelatedAnswer>(`${address}/related`, {}, signal) })
  if (found.isPending) return <SkeletonRows />
  if (found.isLoadingError) return <Failure error={found.error} retry={() => void found.refetch()} />
  const { related, associations, moreAssociations } = found.data
  if (related.length + associations.length === 0) return <Empty title={texts.none(object.label.toLowerCase())} />
  const titled = (of: string, field: string) => {
    const one = objects.find((any) => any.name === of)
    const led = one?.fields.filter(({ targets }) => targets?.includes(object.name)) ?? []
    // by which of several fields it leads here
    return { label: one?.pluralLabel ?? of, field: led.length > 1 ? led.find((any) => any.name === field)?.label ?? field : null, path: led.find((any) => any.name === field)?.targets?.length === 1 ? `${field}.id` : null }
  }
  return (
    <div className={classes.related}>
      {related.map(({ object: of, field, records, more }) => {
        const { label, field: by, path } = titled(of, field)
        return (
          <section key={`${of}.${field}`} aria-label={label}>
            <h2>{label} {by !== null && <span className={classes.quiet}>{by}</span>}</h2>
            <ul>{records.map(({ id, name: called }) => <li key={id}><Link to="/records/$object/$record" params={{ object: of, record: id }}>{called ?? words.records.record(id)}</Link></li>)}</ul>
            {more && (path !== null ? <Link to="/records/$object" params={{ object: of }} search={{ where: [`${path} = ${record}`] }}>{texts.all}</Link> : <span className={classes.quiet}>{texts.more(records.length)}</span>)}
          </section>
        )
      })}
      {associations.length > 0 && (
        <section aria-label={texts.associations}>
          <h2>{texts.associations}</h2>
          <ul>{associations.map(({ association, object: of, id, name: called, role }) => <li key={association}><Link to="/records/$object/$record" params={{ object: of, record: id }}>{called ?? words.records.record(id)}</Link> {role !== null && <span className={classes.quiet}>{role}</span>}</li>)}</ul>
          {moreAssociations && <span className={classes.quiet}>{texts.first(associations.length)}</span>}
        </section>
      )}
    </div>
  )
}
