import { expect, test } from 'vitest'
import { checkLockfile, satisfies } from './check-lockfile.ts'

const lock = (packages: object): string => JSON.stringify({ packages })

test('refuses a lockfile that names a registry', () => {
  const text = lock({ 'node_modules/a': { version: '1.0.0', resolved: 'https://npm.example.com/a-1.0.0.tgz' } })
  expect(checkLockfile('package-lock.json', text).map((problem) => problem.message)).toEqual([expect.stringContaining('"node_modules/a"')])
})

test('allows the links to our own workspaces', () => {
  expect(checkLockfile('package-lock.json', lock({ 'node_modules/@longshore/core': { resolved: 'packages/core', link: true } }))).toEqual([])
})

test.each(['optional', 'devOptional'])('refuses a package marked %s that Node 20 would leave out', (mark) => {
  const text = lock({ 'node_modules/a': { [mark]: true, engines: { node: '>=22' } }, 'node_modules/b': { [mark]: true, engines: { node: '^20.19.0 || >=22.12.0' } } })
  expect(checkLockfile('package-lock.json', text).map((problem) => problem.message)).toEqual([expect.stringContaining('"node_modules/a"')])
})

test('lets a package want a newer Node that we name ourselves for development, since npm installs it then', () => {
  const text = lock({ '': { devDependencies: { a: '1.0.0' } }, 'node_modules/a': { devOptional: true, engines: { node: '>=24' } } })
  expect(checkLockfile('package-lock.json', text)).toEqual([])
})

test('lets a package that is not optional want a newer Node, since npm only warns then', () => {
  expect(checkLockfile('package-lock.json', lock({ 'node_modules/a': { engines: { node: '>=24' } } }))).toEqual([])
})

const ranges: [string, boolean][] = [
  ['>=16', true], ['>= 12.0.0', true], ['>=20.19.1', false], ['>22', false], ['>20', false], ['>19', true], ['^20.19.0 || >=22.12.0', true],
  ['^18.0.0 || ^22.13.0', false], ['^20.20.0', false], ['~20.19', true], ['~20.18', false], ['20', true], ['20.x', true], ['18.x', false], ['*', true],
  ['<21', true], ['<20', false], ['<=20', true], ['<=18', false], ['>=18 <20', false], ['>=18 <21', true], ['18 - 20', true], ['14 - 18', false], ['=20.19.0', true], ['', true],
  ['^8.16.0 || ^10.6.0 || >=11.0.0', true],
]
test.each(ranges)('finds whether Node 20.19.0 lies in "%s"', (range, expected) => {
  expect(satisfies('20.19.0', range)).toBe(expected)
})
