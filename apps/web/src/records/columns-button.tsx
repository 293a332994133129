import { Button, Checkbox, Popover, ScrollArea } from '@mantine/core'
import Columns3 from 'lucide-react/icons/columns-3'
import type { ObjectAnswer } from '@longshore/contract'
import { useObjects } from '../client/queries.ts'
import { words } from '../words/words.ts'
import { listableFields } from './listed-fields.ts'

/** Which columns the list shows. */
export function ColumnsButton({ object, shown, onChange }: { object: ObjectAnswer; shown: readonly string[]; onChange: (paths: string[] | undefined) => void }) {
  const texts = words.records
  const objects = useObjects()
  return (
    <Popover trapFocus position="bottom-start" shadow="md" width={280}>
      <Popover.Target><Button size="xs" variant="default" leftSection={<Columns3 size={14} aria-hidden />}>{texts.columns}</Button></Popover.Target>
      <Popover.Dropdown>
        <ScrollArea.Autosize mah={320} type="auto">
          <div role="group" aria-label={texts.columnsTitle} style={{ display: 'grid', gap: 8 }}>
            {listableFields(object, objects).map((field) => (
              <Checkbox key={field.path} label={field.label} checked={shown.includes(field.path)} disabled={shown.length === 1 && shown[0] === field.path} onChange={({ currentTarget: { checked } }) => onChange(checked ? [...shown, field.path] : shown.filter((path) => path !== field.path))} />
            ))}
          </div>
        </ScrollArea.Autosize>
        <Button mt="sm" size="xs" variant="subtle" onClick={() => onChange(undefined)}>{texts.usualColumns}</Button>
      </Popover.Dropdown>
    </Popover>
  )
}
