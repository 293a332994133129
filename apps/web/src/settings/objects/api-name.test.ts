import { expect, test } from 'vitest'
import { apiName } from './api-name.ts'

test.each([['Shoe size', 'shoe_size'], ['Größe (cm)', 'grosse_cm'], ['2nd phone', 'nd_phone'], ['日本', ''], ['  Éva – 1 ', 'eva_1']])('%s suggests %s', (label, name) => { expect(apiName(label)).toBe(name) })
