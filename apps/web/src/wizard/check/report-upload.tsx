import { Button, FileButton, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRef } from 'react'
import type { NewFix, RowOverviewAnswer, RowWindowAnswer, StagedRowAnswer } from '@longshore/contract'
import { get } from '../../client/api.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { windowRows } from '../../grid/window-source.ts'
import { quantity } from '../../ui/number.ts'
import { Failure } from '../../ui/states.tsx'
import { importWords } from '../../words/imports.ts'
import { ReportProblem, editsOfLine, reportShape } from './corrected-report.ts'
import type { ReportEdit } from './corrected-report.ts'

const texts = importWords.report
/** What the server takes in one correction. */
const mostEdits = 50_000

interface ReportMenuProps { job: number; shape: RowOverviewAnswer; planned: boolean; onFix: (fix: NewFix) => void }

/** The rows as a file: down to be corrected in a spreadsheet, and up again, where it corrects those rows and no others. */
export function ReportMenu({ job, shape, planned, onFix }: ReportMenuProps) {
  const reset = useRef<() => void>(null)
  const upload = useMutation({
    mutationFn: (file: File) => editsOfReport(job, shape, file),
    onSuccess: (edits) => {
      if (edits.length === 0) notifications.show({ message: texts.nothing })
      else onFix({ fix: { kind: 'edit', cells: edits } })
    },
    onSettled: () => reset.current?.(),
  })
  return (
    <>
      <FileButton resetRef={reset} accept=".csv,text/csv" onChange={(file) => { if (file) upload.mutate(file) }}>
        {(props) => (
          <Menu position="bottom-end">
            <Menu.Target><Button size="xs" variant="default" loading={upload.isPending}>{texts.menu}</Button></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component="a" href={`/v1/jobs/${job}/rows/report`} download disabled={!planned}>{texts.down}</Menu.Item>
              <Menu.Item onClick={props.onClick}>{texts.up}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </FileButton>
      {upload.isError && <Failure error={upload.error instanceof ReportProblem ? { code: 'report', message: upload.error.message } : upload.error} title={texts.notTaken} />}
    </>
  )
}

/** What the report says otherwise than the rows of the job, which are asked for in windows as its lines need them. */
async function editsOfReport(job: number, { columns }: RowOverviewAnswer, file: File): Promise<ReportEdit[]> {
  const { default: Papa } = await import('papaparse')
  const { data: [headers, ...lines] } = Papa.parse<string[]>(await file.text(), { skipEmptyLines: 'greedy' })
  const shape = headers && reportShape(headers, columns)
  if (!shape) throw new ReportProblem(texts.otherFile(columns.slice(0, 5).join(', ')))
  const rows = new Map<number, Pick<StagedRowAnswer, 'row' | 'cells'>>()
  const edits = new Map<string, ReportEdit>()
  for (const line of lines) {
    const number = Number(line[shape.rowAt])
    if (!Number.isInteger(number)) throw new ReportProblem(texts.noRow(line[shape.rowAt] ?? ''))
    if (!rows.has(number)) for (const row of (await get<RowWindowAnswer>(`/v1/jobs/${job}/rows`, { row: number, limit: windowRows })).rows) rows.set(row.row, row)
    const row = rows.get(number)
    if (!row) throw new ReportProblem(texts.noRow(String(number)))
    // a row with several issues has several lines: what any of them says otherwise counts
    for (const edit of editsOfLine(line, shape, row)) edits.set(`${edit.row} ${edit.column}`, edit)
    if (edits.size > mostEdits) throw new ReportProblem(texts.tooMany(quantity(mostEdits, 'cell', 'cells')))
  }
  return [...edits.values()]
}
