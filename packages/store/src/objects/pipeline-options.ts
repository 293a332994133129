import type { Field, ObjectType, PicklistOption } from '@longshore/core'

/** Whether a field of an object with pipelines lists what the pipelines say, and nothing of its own. */
export function takesOptionsFromPipelines(name: string): boolean {
  return name === 'pipeline' || name === 'stage'
}

/** The fields that place a record in a pipeline, for an object that has pipelines and not yet these. */
export function missingPipelineFields(object: ObjectType): Field[] {
  const fields: Field[] = [
    { name: 'pipeline', label: 'Pipeline', kind: 'picklist', options: [], custom: true },
    { name: 'stage', label: 'Stage', kind: 'picklist', options: [], custom: true },
  ]
  return fields.filter((field) => !object.fields.some((existing) => existing.name === field.name))
}

/**
 * The object with the options of `pipeline` and `stage` as its pipelines have them. A stage that went stays as an inactive option:
 * records may still be in it.
 */
export function followPipelines(object: ObjectType): ObjectType {
  const { pipelines } = object
  if (!pipelines) return object
  const names: Record<string, string[]> = {
    pipeline: pipelines.map((pipeline) => pipeline.name),
    stage: [...new Set(pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => stage.name)))],
  }
  return {
    ...object,
    fields: object.fields.map((field) => {
      const wanted = names[field.name]
      return wanted ? { ...field, options: follow(field.options ?? [], wanted) } : field
    }),
  }
}

function follow(options: PicklistOption[], names: string[]): PicklistOption[] {
  const live = names.map((value) => {
    const known = options.find((option) => option.value === value)
    return { value, ...(known?.label !== undefined && { label: known.label }) }
  })
  return [...live, ...options.filter((option) => !names.includes(option.value)).map((option) => ({ ...option, active: false }))]
}
