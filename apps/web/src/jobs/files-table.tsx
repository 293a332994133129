import { Button } from '@mantine/core'
import Download from 'lucide-react/icons/download'
import type { JobDetails } from '@longshore/contract'
import { size } from '../ui/number.ts'
import { Empty } from '../ui/states.tsx'
import table from '../ui/table.module.css'
import { words } from '../words/words.ts'

export function FilesTable({ files }: { files: JobDetails['artifacts'] }) {
  if (files.length === 0) return <Empty title={words.jobs.files.none ?? ''} />
  return (
    <div className={table.wrap}>
      <table className={table.table}>
        <tbody>
          {files.map((file) => (
            <tr key={file.id}>
              <td><strong>{words.jobs.files[file.kind] ?? file.name}</strong><br /><span className={table.quiet}>{file.name}</span></td>
              <td className={table.number}>{size(file.sizeBytes)}</td>
              <td className={table.number}><Button component="a" href={file.href} download size="xs" variant="default" leftSection={<Download size={14} />}>{words.buttons.download}</Button></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
