import { expect, it } from 'vitest'
import { emailKey } from './email-key.ts'

it.each([
  [' Ada@Example.COM ', 'ada@example.com'], ['a@münchen.example', 'a@xn--mnchen-3ya.example'], ['a@MÜNCHEN.example', 'a@xn--mnchen-3ya.example'], ['a@mu\u0308nchen.example', 'a@xn--mnchen-3ya.example'], ['a@xn--mnchen-3ya.example', 'a@xn--mnchen-3ya.example'],
  ['josé@example.com', 'josé@example.com'], ['a+b.c@example.com', 'a+b.c@example.com'], ['no address', 'no address'], ['ü', 'ü'],
])('%s is the same as %s', (text, key) => {
  expect(emailKey(text)).toBe(key)
})
