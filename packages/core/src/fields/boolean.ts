import type { FieldType } from './field-type.ts'
import { Problem } from './problem.ts'

const yes = 'true yes y t 1 on x checked ja j oui o sí si s sim vero verdadero verdadeiro vrai wahr tak sì ✓ ✔ ☑ ✅'
const no = 'false no n f 0 off unchecked nein non não nao falso falsch faux nee nej nie ✗ ✘ ☐ ❌'

const words = new Map([...yes.split(' ').map((word) => [word, 'true'] as const), ...no.split(' ').map((word) => [word, 'false'] as const)])

/** Yes or no, in the words and signs that spreadsheets and CRM exports use. Canonical is `true` or `false`. */
export const booleanType: FieldType = {
  kind: 'boolean',
  mayWarn: false,
  appendable: false,
  parse(text) {
    return words.get(text) ?? words.get(text.normalize('NFC').toLowerCase()) ?? new Problem('type.boolean')
  },
  print(canonical) {
    return canonical
  },
}
