import { importTemplate } from '@longshore/core'
import type { TemplateColumn } from '@longshore/core'
import { templateFile } from '@longshore/formats'
import { exportFile, exportStream } from '@longshore/pipeline'
import type { TemplateRequest } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'

/** Writes a blank file for an object; `-` is standard output. Throws a Fault for what there is not, before anything is written. */
export async function writeTemplate(workspace: Workspace, { object, fields, format, name, out, replace = false }: TemplateRequest): Promise<{ file: string; columns: TemplateColumn[] }> {
  const { country, currency } = await workspace.settings()
  const template = importTemplate({ catalog: await workspace.catalog(), object, ...(fields === undefined ? {} : { fields }), settings: { country, currency, members: [], formulaGuard: false } })
  const bytes = await templateFile(template, format, name ?? template.object)
  const target = out === '-' ? exportStream(process.stdout, '-') : exportFile(out, { replace })
  await target.write(bytes)
  return { file: await target.finish(), columns: template.columns }
}
