import { expect, it } from 'vitest'
import { plainMessage } from './plain-message.ts'

it('leaves what is for a terminal out, and says the way out of this app', () => {
  expect(plainMessage({ code: 'column-ambiguous', message: 'The dates in the column "Born" can be read in two ways, and nothing in the file decides: "03/04/1980" is 3 April (dmy) or 4 March (mdy). Say which is right with --date-order "Born=dmy|mdy". Nothing was imported.' }))
    .toBe('The dates in the column "Born" can be read in two ways, and nothing in the file decides: "03/04/1980" is 3 April (dmy) or 4 March (mdy). Nothing was imported. Open how the column is read (step Map) and say which is right.')
})

it('names no command of the command line where a job is not found', () => {
  expect(plainMessage({ code: 'job.unknown', message: 'There is no job 7, or none that you may see. "longshore job" lists the others.' })).toBe('There is no job 7, or none that you may see. “Imports and jobs” lists those that there are for you.')
})

it('leaves everything else as it is', () => {
  expect(plainMessage({ code: 'x', message: 'There is a column "--" in it. Nothing was done.' })).toBe('There is a column "--" in it. Nothing was done.')
})

it('says nothing twice that the message and the way out have in common', () => {
  const shared = 'Somebody new becomes one by opening the link of an invitation and choosing a password; check the rows again after that.'
  const said = plainMessage({ code: 'owner.unknown', message: `No member has this address. ${shared} Or leave the column out with --map "Owner=".` })
  expect(said.split(shared)).toHaveLength(2)
  expect(said).toContain('Use the address of a member')
})
