import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import Download from 'lucide-react/icons/download'
import Plus from 'lucide-react/icons/plus'
import Upload from 'lucide-react/icons/upload'
import X from 'lucide-react/icons/x'
import { useMemo, useState } from 'react'
import type { ObjectAnswer, RecordAnswer } from '@longshore/contract'
import { get, send } from '../client/api.ts'
import { useMay } from '../client/may.ts'
import { objectsQuery, useObjects } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import type { GridColumn, GridRow } from '../grid/grid-column.ts'
import { SheetGrid } from '../grid/sheet-grid.tsx'
import type { CellEdit, GridChecks } from '../grid/sheet-grid.tsx'
import { later } from '../shell/later.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { count } from '../ui/number.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx'
import { words } from '../words/words.ts'
import { isChosen, noneChosen, withChosen } from './chosen.ts'
import type { Chosen } from './chosen.ts'
import { createdBy } from './created-by.ts'
import { ColumnsButton } from './columns-button.tsx'
import { ExportMenu } from './export-menu.tsx'
import { choicesOf, optionsOf } from './field-choices.ts'
import { filterWords } from './filter-words.ts'
import { FilterButton } from './filter-button.tsx'
import { listedFields } from './listed-fields.ts'
import type { ListedField } from './listed-fields.ts'
import type { RecordView } from './record-view.ts'
import { SearchBox } from './search-box.tsx'
import { recordsAddress } from './records-address.ts'
import { searchFilters } from '@longshore/core/search-filters'
import { valueText } from './value-text.ts'
import { ViewsButton } from './views-button.tsx'
import classes from './records.module.css'

const texts = words.records
const pageRows = 100
const BulkBar = later(async () => (await import('./bulk-bar.tsx')).BulkBar)
const ChosenJob = later(async () => (await import('./bulk-bar.tsx')).ChosenJob)
const NewRecordDialog = later(async () => (await import('./new-record-dialog.tsx')).NewRecordDialog)
interface RecordPage { items: RecordAnswer[]; next: string | null; count: { records: number; exact: boolean } | null }

/** Records of an object: filters and order are in the address; cells are edited in place. */
export function RecordsPage() {
  const { object: name } = useParams({ from: '/shell/records/$object' })
  const objects = useQuery(objectsQuery)
  const object = objects.data?.objects.find((one) => one.name === name)
  if (object) return <RecordList key={name} object={object} />
  if (objects.isPending) return <SkeletonRows rows={12} />
  if (objects.isLoadingError) return <Page title={name}><Failure error={objects.error} retry={() => void objects.refetch()} /></Page>
  return <Page title={words.states.notFound}><Empty title={texts.noObject(name)} action={<LinkButton to="/">{words.states.toStart}</LinkButton>}>{texts.noObjectText}</Empty></Page>
}

function RecordList({ object }: { object: ObjectAnswer }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const may = useMay()
  const objects = useObjects()
  const { where: filters = [], sort, columns: chosen, job, search = '' } = useSearch({ from: '/shell/records/$object' })
  const where = useMemo(() => [...filters, ...job === undefined ? [] : createdBy(job), ...searchFilters(search)], [filters, job, search])
  const fields = useMemo(() => listedFields(object, objects, chosen), [object, objects, chosen])
  const [making, setMaking] = useState(false)
  const [bulkJob, setBulkJob] = useState<number | null>(null)
  // a choice is of the list in which it was made
  const list = JSON.stringify(where)
  const [choice, setChoice] = useState<{ list: string; chosen: Chosen }>({ list, chosen: noneChosen })
  const picked = choice.list === list ? choice.chosen : noneChosen
  const choose = (next: Chosen) => setChoice({ list, chosen: next })
  const records = useInfiniteQuery({
    queryKey: ['records', object.name, where, sort, fields.map((field) => field.path)],
    queryFn: ({ pageParam, signal }) => get<RecordPage>(recordsAddress(object.name, { where, sort, cursor: pageParam, fields: fields.map((field) => field.path), limit: pageRows, count: true }), {}, signal),
    initialPageParam: '', getNextPageParam: (page) => page.next, placeholderData: keepPreviousData,
  })
  const items = useMemo(() => records.data?.pages.flatMap((page) => page.items) ?? [], [records.data])
  const counted = records.data?.pages[0]?.count ?? null
  const editable = may.object(object.name, 'write')
  const columns = useMemo(() => fields.map((field): GridColumn => ({ key: field.path, label: field.label, widthPx: field.widthPx, editable: editable && field.editable, show: (value) => valueText(field.kind, value), ...inputOf(field), ...(field.numeric ? { align: 'right' } : {}) })), [fields, editable])
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = records
  const shown = useMemo(() => items.map((record, position): GridRow => ({ label: count(position + 1), cells: fields.map((field) => record.values[field.path] ?? null) })), [items, fields])
  const rows = useMemo(() => ({
    row: (position: number) => shown[position],
    want: (_first: number, last: number) => { if (last >= items.length - 1 && hasNextPage && !isFetchingNextPage) void fetchNextPage() },
    subscribe: () => () => undefined, snapshot: () => items.length,
  }), [items, shown, hasNextPage, isFetchingNextPage, fetchNextPage])

  const edit = useMutation({
    mutationFn: async (cells: readonly CellEdit[]) => {
      for (const [row, changed] of Map.groupBy(cells, (cell) => cell.row)) {
        const record = items[row]
        if (record) await send('PATCH', `/v1/objects/${object.name}/records/${record.id}`, { values: Object.fromEntries(changed.map((cell) => [fields[cell.column]?.path ?? '', cell.value === '' ? null : cell.value])) })
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['records', object.name] }),
  })
  const view: RecordView = { ...(sort === undefined ? {} : { sort }), ...(filters.length > 0 ? { where: filters } : {}), ...(chosen === undefined ? {} : { columns: chosen }), ...(job === undefined ? {} : { job }) }
  const { job: _job, ...ofAllJobs } = view
  /** A view says nothing of what is looked for: it stays beside it. */
  const open = (next: RecordView, lookedFor = '', replace = false) => void navigate({ to: '/records/$object', params: { object: object.name }, replace, search: { ...next, ...(lookedFor === '' ? {} : { search: lookedFor }) } })
  const change = (next: RecordView) => open({ ...view, ...next }, search)
  const anyPicked = picked.kind === 'all' || picked.ids.size > 0
  const pickedShown = items.filter((record) => isChosen(picked, record.id)).length
  const mayChoose = (['write', 'delete', 'export'] as const).some((right) => may.object(object.name, right))
  const checks: GridChecks = {
    has: (position) => { const record = items[position]; return record !== undefined && isChosen(picked, record.id) },
    set: (first, last, on) => choose(withChosen(picked, items.slice(first, last + 1).map(({ id }) => id), on)),
    state: !anyPicked ? 'none' : pickedShown === items.length ? 'all' : 'some', setAll: (on) => choose(on ? withChosen(picked, items.map(({ id }) => id), true) : noneChosen),
    words: { choose: texts.bulk.choose, all: texts.bulk.chooseShown },
  }
  const descending = sort?.startsWith('-') ?? false
  return (
    <Page
      title={object.pluralLabel} fill keys={[...words.grid.keys, ...texts.keys]} about={counted && <span>{texts.count(counted.records, counted.exact)}</span>}
      actions={<>{editable && <Button leftSection={<Plus size={15} aria-hidden />} onClick={() => setMaking(true)}>{texts.make.open(object.label)}</Button>}{may.object(object.name, 'export') && <ExportMenu object={object.name} where={where} fields={fields.map((field) => field.path)} />}{may.object(object.name, 'import') && <><Button component="a" download href={`/v1/objects/${object.name}/template?format=xlsx`} variant="subtle" leftSection={<Download size={15} aria-hidden />}>{texts.template}</Button><LinkButton variant="default" to="/imports/new" search={{ object: object.name }} leftSection={<Upload size={15} aria-hidden />}>{texts.importInto(object.pluralLabel)}</LinkButton></>}</>}
    >
      <div className={classes.tools}>
        <SearchBox value={search} label={texts.search(object.pluralLabel)} onSearch={(next) => open(view, next, true)} />
        <FilterButton object={object} onAdd={(filter) => change({ where: [...filters, filter] })} />
        {job !== undefined && <button type="button" className={classes.chip} aria-label={texts.filter.remove(texts.createdBy(job))} onClick={() => open(ofAllJobs, search)}>{texts.createdBy(job)}<X size={13} aria-hidden /></button>}
        {filters.map((filter) => {
          const said = filterWords(objects, object, filter)
          return <button key={filter} type="button" className={classes.chip} aria-label={texts.filter.remove(said)} onClick={() => change({ where: filters.filter((one) => one !== filter) })}>{said}<X size={13} aria-hidden /></button>
        })}
        <ColumnsButton object={object} shown={fields.map((field) => field.path)} onChange={(paths) => { const { columns: _, ...rest } = view; open(paths === undefined ? rest : { ...rest, columns: paths }, search) }} />
        <ViewsButton object={object.name} view={view} onOpen={(next) => open(next)} />
        {anyPicked && <BulkBar object={object} chosen={picked} where={where} fields={fields.map((field) => field.path)} found={counted} onAll={() => choose({ kind: 'all', except: new Set() })} onClear={() => choose(noneChosen)} onJob={(number) => { setBulkJob(number); choose(noneChosen) }} />}
        {bulkJob !== null && <ChosenJob key={bulkJob} object={object.name} job={bulkJob} onClose={() => setBulkJob(null)} />}
      </div>
      {edit.isError && <div className={classes.tools}><Failure error={edit.error} title={texts.notChanged(edit.variables.map((cell) => cell.value))} retry={() => edit.mutate(edit.variables)} /></div>}
      {records.isError && !edit.isError && <div className={classes.tools}><Failure error={records.error} retry={() => void records.refetch()} /></div>}
      {records.isPending && <SkeletonRows rows={12} />}
      {records.isSuccess && items.length === 0 && (where.length > 0
        ? <Empty title={search === '' ? texts.noneFound : texts.notFound(search)} action={<Button variant="default" onClick={() => { const { where: _, ...rest } = ofAllJobs; open(rest) }}>{search === '' ? texts.clear : texts.clearSearch}</Button>} />
        : <Empty title={texts.none(object.pluralLabel)} action={<>{may.object(object.name, 'import') && <LinkButton to="/imports/new" search={{ object: object.name }}>{texts.importInto(object.pluralLabel)}</LinkButton>} {editable && <Button variant="default" onClick={() => setMaking(true)}>{texts.make.open(object.label)}</Button>}</>}>{may.object(object.name, 'import') && texts.noneText}</Empty>)}
      {items.length > 0 && (
        <SheetGrid
          label={object.pluralLabel} columns={columns} rowCount={items.length} rows={rows} rowLabel={texts.row} sorted={sort === undefined ? null : { key: sort.replace(/^-/, ''), descending }}
          onSort={(key) => change({ sort: sort === key ? `-${key}` : key })} {...(editable ? { onEdit: (cells: readonly CellEdit[]) => edit.mutate(cells) } : {})}
          {...(mayChoose ? { checks } : {})} onOpen={(position) => { const record = items[position]; if (record) void navigate({ to: '/records/$object/$record', params: { object: object.name, record: record.id } }) }}
        />
      )}
      {editable && <NewRecordDialog object={object} opened={making} onClose={() => setMaking(false)} />}
    </Page>
  )
}

/** How a cell of the field is edited in the list. */
function inputOf(field: ListedField): Pick<GridColumn, 'options' | 'choices' | 'input'> {
  const choices = choicesOf(field)
  if (choices) return { choices: field.required ? choices : [{ value: '', label: '' }, ...choices] }
  if (field.kind === 'date') return { input: 'date' }
  return field.options ? { options: optionsOf(field).map(({ value }) => value) } : {}
}
