import { expect, it } from 'vitest'
import { UnderWay } from './under-way.ts'

it('what is nearly through when Longshore is stopped is waited for, what is not is cut off', async () => {
  const said: string[] = []
  const underWay = new UnderWay()
  let end = (): void => undefined
  underWay.add(new Promise<void>((resolve) => { end = resolve }).then(() => { said.push('through') }))
  const closing = underWay.close().then(() => { said.push('closed') })
  expect(underWay.isOver).toBe(false)
  end()
  await closing
  expect(said).toEqual(['through', 'closed'])
  const other = new UnderWay()
  other.add(new Promise(() => undefined))
  await other.close()
  expect(other.isOver).toBe(true)
})
