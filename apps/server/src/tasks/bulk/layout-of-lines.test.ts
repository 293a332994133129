import { detectLayout, memorySource } from '@longshore/formats'
import { expect, test } from 'vitest'
import { layoutOfLines } from './layout-of-lines.ts'
import { recordLines } from './record-lines.ts'

const requests: [what: string, records: Record<string, unknown>[]][] = [
  ['plain records', [{ last_name: 'King', email: 'king@example.com' }, { last_name: 'Lane' }]],
  ['keys that come later', [{ last_name: 'King' }, { title: 'CEO', phone: '+14155550100' }]],
  ['records of other records', [{ last_name: 'King', account: { name: 'Initech', billing: { city: 'Köln' } } }, { account: { name: 'Works' } }]],
  ['lists, numbers and switches', [{ last_name: 'King', tags: ['vip', 'beta'], amount: 1.5, active: true, note: null }, { tags: [] }]],
  ['letters beyond ASCII, in a later record alone', [{ last_name: 'King' }, { last_name: 'Žižek 北京', email: 'z@example.com' }]],
  ['odd keys', [{ '': 'x', 'a b': '1', '__proto__x': '2', 'ü': '3', 'a.b': '4' }, { last_name: 'King' }]],
]

test.each(requests)('the first line says how the whole is read: %s', async (_, records) => {
  const { lines } = recordLines(records, ['last_name'])
  const whole = await detectLayout(memorySource(Buffer.from([...lines].join(''))), { fileName: 'bulk-import.ndjson', settings: { format: 'ndjson' } })
  expect(await layoutOfLines(lines, 'bulk-import.ndjson')).toEqual(whole)
})
