import type { Field } from '../field.ts'
import type { Pipeline } from '../object.ts'
import { field } from './common-fields.ts'

/** The two fields that place a record in a pipeline. All stages are listed as options; which of them a row may use, its pipeline decides. */
export function pipelineFields(pipelines: readonly Pipeline[], stageLabel: string, more: Partial<Field>): Field[] {
  const stages = new Set(pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => stage.name)))
  return [
    field('pipeline', 'Pipeline', 'picklist', { options: pipelines.map(({ name }) => ({ value: name })) }),
    field('stage', stageLabel, 'picklist', { options: [...stages].map((value) => ({ value })), ...more }),
  ]
}
