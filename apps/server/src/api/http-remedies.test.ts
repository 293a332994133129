import { expect, it } from 'vitest'
import { inRoutes } from './http-remedies.ts'

it.each([
  ['Plan it again: longshore plan 2', 'Plan it again: POST /v1/jobs/2/plan'],
  ['Wait for it, or pause it with "longshore pause 12".', 'Wait for it, or pause it with "POST /v1/jobs/12/pause".'],
  ['"longshore job" lists the others.', '"GET /v1/jobs" lists the others.'],
  ['"longshore bin list --object contacts" shows them.', '"GET /v1/bin?object=contacts" shows them.'],
  ['Two Longshore jobs wait.', 'Two Longshore jobs wait.'],
])('says %j as %j', (message, said) => {
  expect(inRoutes(message)).toBe(said)
})
