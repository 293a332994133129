import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link } from '@tanstack/react-router'
import type { UseQueryResult } from '@tanstack/react-query'
import type { DraftMatchesAnswer } from '@longshore/contract'
import { get } from '../../client/api.ts'
import { quantity } from '../../ui/number.ts'
import { Failure, Waiting } from '../../ui/states.tsx'
import { importWords } from '../../words/imports.ts'
import type { DraftStore } from '../draft-store.ts'
import { useDraftState } from '../use-draft.ts'
import classes from '../wizard.module.css'

const texts = importWords.match.preview
const namedExamples = 4

/** What the file's rows meet by the criteria as they are chosen now; asked for once they are saved, that is when they rest. */
export function useMatches(store: DraftStore, job: number, usable: boolean): UseQueryResult<DraftMatchesAnswer> {
  const { definition, draft, saving } = useDraftState(store)
  const matches = useQuery({
    queryKey: ['draft-matches', job, definition.match, definition.columns, definition.source, definition.restoreBinned ?? false], enabled: usable && saving === 'saved',
    staleTime: Infinity, placeholderData: keepPreviousData, retry: false, queryFn: ({ signal }) => get<DraftMatchesAnswer>(`/v1/jobs/${job}/draft/matches`, {}, signal),
  })
  // a refusal may speak of any setting: after the next change it is asked again
  const { isError, refetch } = matches
  const refused = useRef<number | null>(null)
  useEffect(() => {
    if (!isError) refused.current = null
    else if (refused.current === null) refused.current = draft.revision
    else if (saving === 'saved' && draft.revision !== refused.current) { refused.current = draft.revision; void refetch() }
  }, [isError, refetch, saving, draft.revision])
  return matches
}

interface MatchPreviewProps { matches: UseQueryResult<DraftMatchesAnswer>; object: string; labelOf: (criterion: string) => string; note: string | null }

/** This file's numbers: how many rows meet one record, several, none; which criterion found them; some of them by their row. */
export function MatchPreview({ matches, object, labelOf, note }: MatchPreviewProps) {
  if (matches.isLoadingError) return <Failure error={matches.error} title={texts.failed} retry={() => void matches.refetch()} />
  const met = matches.data
  if (!met) return <Waiting>{texts.looking}</Waiting>
  const unknown = met.criteria.filter(({ known }) => !known)
  return (
    <section className={`${classes.met} ${matches.isFetching ? classes.outdated : ''}`} aria-label={texts.title(met.looked, met.sample)} aria-busy={matches.isFetching}>
      <strong>{texts.title(met.looked, met.sample)}</strong>
      <ul>
        {([['one', met.one], ['several', met.several], ['none', met.none], ['failing', met.failing]] as const).filter(([what, rows]) => rows > 0 || what === 'one' || what === 'none').map(([what, rows]) => <li key={what}><b>{quantity(rows, 'row', 'rows')}</b> {texts[what](rows)}</li>)}
      </ul>
      {met.criteria.length > 1 && <p>{met.criteria.map((one) => texts.by(labelOf(one.criterion), one.one + one.several)).join(' · ')}</p>}
      {note !== null && <p>{note}</p>}
      {met.withoutKey > 0 && <p>{texts.withoutKey(met.withoutKey)}</p>}
      {met.repeated > 0 && <p>{texts.repeated(met.repeated)}</p>}
      {met.binned > 0 && <p>{texts.binned(met.binned)}</p>}
      {unknown.length > 0 && <p>{texts.unknown(unknown.map(({ criterion }) => labelOf(criterion)).join(', '))}</p>}
      {met.examples.length > 0 && (
        <p>{met.examples.slice(0, namedExamples).map(({ row, criterion, records }, index) => (
          <span key={row}>{index > 0 && ' · '}{texts.example(row, labelOf(criterion))} {records.map((record, at) => <span key={record}>{at > 0 && ', '}<Link to="/records/$object/$record" params={{ object, record }}>{record}</Link></span>)}</span>
        ))}</p>
      )}
    </section>
  )
}
