import { expect, test } from 'vitest'
import { PreparedStatements } from './prepared.ts'

test('a statement is prepared when it comes again, and then sent by its name', () => {
  const prepared = new PreparedStatements()
  expect(prepared.take('SELECT 1')).toEqual({ name: '', isNew: true })
  const { name } = prepared.take('SELECT 1')
  expect([name, prepared.take('SELECT 1'), prepared.take('SELECT 2')]).toEqual(['longshore_1', { name, isNew: false }, { name: '', isNew: true }])
})

test('the least used are closed', () => {
  const prepared = new PreparedStatements()
  for (let i = 0; i < 70; i++) for (let times = 0; times < 2; times++) prepared.take(`SELECT ${i}`)
  prepared.take('SELECT 0')
  const closed = prepared.toClose()
  expect([closed.length, closed.includes('longshore_1'), prepared.take('SELECT 1'), prepared.toClose()]).toEqual([10, false, { name: '', isNew: true }, []])
})

test('what was new in a message that failed is closed and prepared under another name', () => {
  const prepared = new PreparedStatements()
  prepared.take('SELECT 1')
  prepared.take('SELECT 1')
  prepared.doubted()
  expect(prepared.toClose()).toEqual(['longshore_1'])
  prepared.take('SELECT 1')
  expect(prepared.take('SELECT 1')).toEqual({ name: 'longshore_2', isNew: true })
  prepared.kept()
  prepared.doubted()
  expect(prepared.toClose()).toEqual([])
})
