import { Button, Menu } from '@mantine/core'
import Download from 'lucide-react/icons/download'
import { words } from '../words/words.ts'

const texts = words.records.exports
/** What a list can be written as. */
export const exportFormats = ['csv', 'xlsx', 'json', 'ndjson', 'parquet'] as const

/** The records of the list as a file: its filters and its columns go along. */
export function ExportMenu({ object, where, fields }: { object: string; where: readonly string[]; fields: readonly string[] }) {
  const address = (format: string, chosen: boolean): string => {
    const query = new URLSearchParams({ format })
    for (const filter of where) query.append('where', filter)
    if (chosen) query.set('fields', fields.join(','))
    return `/v1/objects/${encodeURIComponent(object)}/export?${query.toString()}`
  }
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target><Button variant="default" leftSection={<Download size={15} aria-hidden />}>{texts.title}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.shown}</Menu.Label>
        {exportFormats.map((format) => <Menu.Item key={format} component="a" download href={address(format, true)}>{texts.formats[format]}</Menu.Item>)}
        <Menu.Divider />
        <Menu.Label>{texts.all}</Menu.Label>
        {exportFormats.map((format) => <Menu.Item key={format} component="a" download href={address(format, false)}>{texts.formats[format]}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  )
}
