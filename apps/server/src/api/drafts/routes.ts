import { columnSamplesParams, columnSamplesSchema, draftChangeSchema, draftMatchesQuery, draftMatchesSchema, draftSchema, editDraftBody, jobDetailsSchema, jobParams, newDraftBody, readingSchema, uploadMappingSchema } from '@longshore/contract'
import type { DraftAnswer } from '@longshore/contract'
import { namedBy } from '../../actor.ts'
import type { Draft } from '../../longshore.ts'
import { presentJobDetails } from '../jobs/present-job.ts'
import { presentReading } from '../uploads/present-reading.ts'
import { every, onDefinitionObject, onJob, steerJob } from '../permission.ts'
import { route } from '../route.ts'

export const draftRoutes = [
  route({
    method: 'POST', path: '/v1/drafts', tag: 'drafts', summary: 'Keep an import that is still to be put together', status: 201,
    permission: onDefinitionObject('import'), body: newDraftBody, answer: draftSchema,
    call: ({ longshore, body: { file, definition }, actor, signal }) => longshore.drafts.create({ file: 'url' in file ? file.url : { upload: file.upload, name: file.name }, definition, ...namedBy(actor) }, signal),
    present: presentDraft,
  }),
  route({
    method: 'GET', path: '/v1/jobs/:job/draft', tag: 'drafts', summary: 'A draft as it stands: definition, revision, how far it is',
    permission: onJob, params: jobParams, answer: draftSchema,
    call: ({ longshore, params }) => longshore.drafts.read(params.job),
    present: presentDraft,
  }),
  route({
    method: 'GET', path: '/v1/jobs/:job/draft/reading', tag: 'drafts', summary: 'How the file of a draft is read, and its first rows',
    permission: onJob, params: jobParams, answer: readingSchema,
    call: ({ longshore, params }) => longshore.drafts.reading(params.job),
    present: presentReading,
  }),
  route({
    method: 'GET', path: '/v1/jobs/:job/draft/columns', tag: 'drafts', summary: 'What is proposed for each column of the file, and what the column holds',
    permission: onJob, params: jobParams, answer: uploadMappingSchema,
    call: ({ longshore, params }) => longshore.drafts.columns(params.job),
  }),
  route({
    method: 'GET', path: '/v1/jobs/:job/draft/columns/:column/samples', tag: 'drafts', summary: 'What becomes of some cells of a column (from 1), as the draft has it',
    permission: onJob, params: columnSamplesParams, answer: columnSamplesSchema,
    call: ({ longshore, params }) => longshore.drafts.samples(params.job, params.column),
  }),
  route({
    method: 'GET', path: '/v1/jobs/:job/draft/matches', tag: 'drafts', summary: 'What rows of the file meet by criteria: one record, several or none; of the first rows, or of all once they are checked',
    permission: onJob, params: jobParams, query: draftMatchesQuery, answer: draftMatchesSchema,
    call: ({ longshore, params, query, signal }) => longshore.drafts.matches(params.job, query.match, signal),
  }),
  route({
    method: 'PUT', path: '/v1/jobs/:job/draft', tag: 'drafts', summary: 'Change the definition; answers which steps come again',
    permission: every(steerJob, onDefinitionObject('import')), params: jobParams, body: editDraftBody, answer: draftChangeSchema,
    call: ({ longshore, params, body, actor }) => longshore.drafts.edit(params.job, { ...body, ...namedBy(actor) }),
  }),
  route({
    method: 'POST', path: '/v1/jobs/:job/check', tag: 'drafts', summary: 'Check the rows of a draft and plan them; the job tells when it is done', status: 202,
    permission: steerJob, params: jobParams, answer: jobDetailsSchema,
    call: async ({ longshore, params }) => {
      await longshore.drafts.begin(params.job)
      return longshore.job(params.job)
    },
    present: presentJobDetails,
  }),
]

function presentDraft({ layout, ...draft }: Draft): DraftAnswer {
  return { ...draft, format: layout.format, columns: layout.columns }
}
