import { expect, it } from 'vitest'
import { optionsOf, printOptions } from './option-lines.ts'

const options = [{ value: 'New' }, { value: 'won', label: 'Closed, won' }, { value: 'Old', active: false }]

it('comes back as it was printed', () => {
  expect(printOptions(options)).toBe('New\nwon = Closed, won\n- Old')
  expect(optionsOf(printOptions(options), options)).toEqual(options)
})

it('keeps what was taken out as an option that is not offered, and takes none twice', () => {
  expect(optionsOf('New\n\nNew\nHot', options)).toEqual([{ value: 'New' }, { value: 'Hot' }, { value: 'won', label: 'Closed, won', active: false }, { value: 'Old', active: false }])
})
