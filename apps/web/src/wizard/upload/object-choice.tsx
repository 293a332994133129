import { NativeSelect } from '@mantine/core'
import type { ObjectAnswer } from '@longshore/contract'
import { importWords } from '../../words/imports.ts'

export function ObjectChoice({ object, objects, onChoose }: { object: string; objects: readonly ObjectAnswer[]; onChoose: (name: string) => void }) {
  return <NativeSelect label={importWords.upload.object} value={object} onChange={({ currentTarget }) => onChoose(currentTarget.value)} data={objects.map((one) => ({ value: one.name, label: one.pluralLabel }))} maw={280} />
}
