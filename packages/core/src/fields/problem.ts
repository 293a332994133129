import type { IssueCode } from '../issues/registry.ts'

/**
 * What is wrong with a text, as a value: never thrown. `params` fill the placeholders of the code's message.
 * A parse gives a string or one of these, so `typeof parsed === 'string'` tells good from bad.
 */
export class Problem {
  readonly code: IssueCode
  readonly params: Readonly<Record<string, string>>

  constructor(code: IssueCode, params: Readonly<Record<string, string>> = {}) {
    this.code = code
    this.params = params
  }
}
