import { importTemplate } from '@longshore/core'
import type { TemplateColumn } from '@longshore/core'
import { templateFile } from '@longshore/formats'
import { exportFile, exportStream } from '@longshore/pipeline'
import type { TemplateRequest } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'

/** A blank file to fill in, with an example row. Throws a Fault for what there is not. */
export async function makeTemplate(workspace: Workspace, { object, fields, format, name }: Pick<TemplateRequest, 'object' | 'fields' | 'format' | 'name'>): Promise<{ bytes: string | Uint8Array; columns: TemplateColumn[] }> {
  const { country, currency } = await workspace.settings()
  const template = importTemplate({ catalog: await workspace.catalog(), object, ...(fields === undefined ? {} : { fields }), settings: { country, currency, members: [], formulaGuard: false } })
  return { bytes: await templateFile(template, format, name ?? template.object), columns: template.columns }
}

/** The same as a file; `-` is standard output. */
export async function writeTemplate(workspace: Workspace, { out, replace = false, ...wanted }: TemplateRequest): Promise<{ file: string; columns: TemplateColumn[] }> {
  const { bytes, columns } = await makeTemplate(workspace, wanted)
  const target = out === '-' ? exportStream(process.stdout, '-') : exportFile(out, { replace })
  await target.write(bytes)
  return { file: await target.finish(), columns }
}
