import type { ObjectType } from '@longshore/core'
import { schemaFault } from './schema-document.ts'

/** Throws a Fault at the part of `path` that is off: names stand once, one pipeline is the default, and there is a field for the stage. */
export function checkPipelines(object: ObjectType, path: string): void {
  if (!object.pipelines) return
  if (!object.fields.some((field) => field.name === 'stage' && field.kind === 'picklist')) {
    throw schemaFault(path, `${object.name} has no picklist field "stage" to hold a stage`)
  }
  checkOnce(object.pipelines.map((pipeline) => pipeline.name), (index) => `${path}[${index}].name`)
  object.pipelines.forEach((pipeline, index) => checkOnce(pipeline.stages.map((stage) => stage.name), (stage) => `${path}[${index}].stages[${stage}].name`))
  if (object.pipelines.filter((pipeline) => pipeline.default).length > 1) throw schemaFault(path, 'only one pipeline can be the default')
}

function checkOnce(names: string[], pathOf: (index: number) => string): void {
  const seen = new Set<string>()
  names.forEach((name, index) => {
    const key = name.trim().toLowerCase()
    if (seen.has(key)) throw schemaFault(pathOf(index), `"${name}" stands twice; letter case does not tell names apart`)
    seen.add(key)
  })
}
