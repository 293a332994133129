import { beginImportBody, jobDetailsSchema } from '@longshore/contract'
import { presentJobDetails } from '../jobs/present-job.ts'
import { onDefinitionObject } from '../permission.ts'
import { route } from '../route.ts'

export const importRoutes = [
  route({
    method: 'POST', path: '/v1/imports', tag: 'imports', once: true, summary: 'Begin an import: it is checked and planned, and carried out unless it is a dry run', status: 202,
    permission: onDefinitionObject('import'), body: beginImportBody, answer: jobDetailsSchema,
    call: ({ longshore, body: { file, definition, dryRun, startAt }, once }) => longshore.begin({ file: 'url' in file ? file : { upload: file.upload, name: file.name }, definition, dryRun, startAt, request: once }),
    present: presentJobDetails,
  }),
]
