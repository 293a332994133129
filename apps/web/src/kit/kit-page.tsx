import { Button, SegmentedControl, Tabs, TextInput } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import { forcedStateKey } from '../client/api.ts'
import { queryClient } from '../client/query-client.ts'
import { Refusal } from '../client/problem.ts'
import type { GridColumn, GridRow } from '../grid/grid-column.ts'
import { SheetGrid } from '../grid/sheet-grid.tsx'
import type { CellEdit, SheetGridHandle } from '../grid/sheet-grid.tsx'
import { WindowSource, windowRows } from '../grid/window-source.ts'
import { OutcomeFigures } from '../jobs/outcome-bar.tsx'
import { count } from '../ui/number.ts'
import { Page } from '../ui/page.tsx'
import { StateMark } from '../ui/state-mark.tsx'
import { Empty, Failure, SkeletonRows, Waiting } from '../ui/states.tsx'
import { kitWords } from '../words/kit.ts'
import { words } from '../words/words.ts'

const gridRows = 1_000_000
const columns: GridColumn[] = [
  { key: 'first_name', label: 'First name', widthPx: 130, editable: true }, { key: 'last_name', label: 'Last name', widthPx: 130, editable: true }, { key: 'email', label: 'E-mail', note: 'checked', widthPx: 240, editable: true },
  { key: 'stage', label: 'Stage', widthPx: 120, editable: true, options: ['New', 'Won', 'Lost'] }, { key: 'amount', label: 'Amount', widthPx: 110, align: 'right', editable: true },
  ...Array.from({ length: 7 }, (_, index): GridColumn => ({ key: `extra_${index}`, label: `Column ${index + 6}`, widthPx: 120, editable: true })),
]

/** What the app is made of, with every state at a switch: for looking at, and for tests. It reads and writes nothing. */
export function KitPage() {
  const [part, setPart] = useState('states')
  return (
    <Page title={kitWords.title} fill>
      <Tabs value={part} onChange={(value) => setPart(value ?? 'states')} px="lg" keepMounted={false} style={{ display: 'flex', flexDirection: 'column', minHeight: 0, flex: 1 }}>
        <Tabs.List><Tabs.Tab value="states">{kitWords.states}</Tabs.Tab><Tabs.Tab value="pages">{kitWords.pages}</Tabs.Tab><Tabs.Tab value="marks">{kitWords.marks}</Tabs.Tab><Tabs.Tab value="grid">{kitWords.grid}</Tabs.Tab></Tabs.List>
        <Tabs.Panel value="states" pt="md"><States /></Tabs.Panel>
        <Tabs.Panel value="pages" pt="md"><Pages /></Tabs.Panel>
        <Tabs.Panel value="marks" pt="md"><Marks /></Tabs.Panel>
        <Tabs.Panel value="grid" pt="md" style={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 }}><LongGrid /></Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function States() {
  const [state, setState] = useState('empty')
  const refusal = useMemo(() => new Refusal({ status: 409, code: 'kit.example', detail: 'Job 12 is running: an import writes contacts at the moment. Nothing was changed; try again when it is done.', request: 'req-7f3a' }), [])
  return (
    <>
      <SegmentedControl aria-label={kitWords.states} fullWidth orientation={globalThis.innerWidth < 480 ? 'vertical' : 'horizontal'} value={state} onChange={setState} data={kitWords.stateNames} />
      {state === 'empty' && <Empty title={words.jobs.none} action={<Button>{words.jobs.start}</Button>}>{words.jobs.noneText}</Empty>}
      {state === 'loading' && <SkeletonRows />}
      {state === 'error' && <Failure error={refusal} retry={() => setState('loading')} />}
      {state === 'long' && <Waiting>{words.jobs.progress.rowsOf(41_200, 100_000)}</Waiting>}
      {state === 'success' && <OutcomeFigures counts={{ created: 98_412, updated: 310, deleted: 0, skipped: 1_120, flagged: 12, failed: 143, excluded: 3 }} rows={100_000} />}
    </>
  )
}

/** Every page in a state of one's choice, in this tab until it is chosen otherwise. */
function Pages() {
  const [state, setState] = useState(() => sessionStorage.getItem(forcedStateKey) ?? '')
  const choose = (to: string) => {
    setState(to)
    if (to === '') sessionStorage.removeItem(forcedStateKey)
    else sessionStorage.setItem(forcedStateKey, to)
    queryClient.clear()
  }
  return (
    <>
      <p style={{ marginTop: 0 }}>{kitWords.pagesText}</p>
      <SegmentedControl aria-label={kitWords.pages} orientation={globalThis.innerWidth < 480 ? 'vertical' : 'horizontal'} value={state} onChange={choose} data={kitWords.pageStates} />
    </>
  )
}

function Marks() {
  return <div style={{ display: 'grid', gap: 8 }}>{Object.keys(words.jobs.states).map((state) => <StateMark key={state} state={state} />)}</div>
}

function LongGrid() {
  const grid = useRef<SheetGridHandle>(null)
  const [wanted, setWanted] = useState('')
  const [edits, setEdits] = useState(0)
  const source = useMemo(() => new WindowSource<GridRow>((first) => Promise.resolve(Array.from({ length: Math.min(windowRows, gridRows - first) }, (_, index) => madeRow(first + index)))), [])
  const edit = (cells: readonly CellEdit[]) => {
    for (const cell of cells) source.change(cell.row, (row) => ({ ...row, cells: row.cells.with(cell.column, cell.value) }))
    setEdits((before) => before + cells.length)
  }
  return (
    <>
      <form style={{ display: 'flex', gap: 8, alignItems: 'end', marginBottom: 8 }} onSubmit={(event) => { event.preventDefault(); grid.current?.goTo({ row: Number(wanted) - 2, column: 0 }) }}>
        <TextInput label={kitWords.goTo} value={wanted} onChange={({ currentTarget }) => setWanted(currentTarget.value)} inputMode="numeric" />
        <Button type="submit" variant="default">{kitWords.go}</Button>
        <span role="status">{kitWords.edits(count(edits))}</span>
      </form>
      <SheetGrid handle={grid} label={kitWords.grid} columns={columns} rowCount={gridRows} rows={source} rowLabel={words.jobs.columns.rows} onEdit={edit} />
    </>
  )
}

function madeRow(position: number): GridRow {
  const faulty = position % 17 === 5
  return {
    label: count(position + 2),
    cells: [`First ${position}`, `Last ${position}`, faulty ? 'not an address' : `person${position}@example.com`, ['New', 'Won', 'Lost'][position % 3] ?? '', String(position * 10), ...Array.from({ length: 7 }, (_, index) => position % (index + 2) === 0 ? '' : `${position}.${index}`)],
    ...(faulty ? { marks: { 2: { severity: 'error' as const, message: 'This is no e-mail address.' } } } : {}),
    excluded: position % 101 === 7,
  }
}
