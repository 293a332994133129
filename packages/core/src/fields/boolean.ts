import type { FieldType } from './field-type.ts'
import { Problem } from './problem.ts'

const yes = 'true yes y t 1 on x checked ja j oui o sí si s sim vero verdadero verdadeiro vrai wahr tak sì ✓ ✔ ☑ ✅ да истина так igen kyllä joo ano áno evet doğru ναι da taip jā jah iya はい 是 예 네 हाँ نعم כן ○ waar sann sant tosi prawda pravda igaz adevărat já ya có ใช่ بله آری 有 1.0'
const no = 'false no n f 0 off unchecked nein non não nao falso falsch faux nee nej nie ✗ ✘ ☐ ❌ нет ложь ні не nem ei ne hayır yanlış όχι nu nē tidak いいえ 否 아니오 아니요 नहीं لا לא × onwaar usann falskt nei epätosi fałsz nepravda hamis fals οχι không ไม่ใช่ ไม่ خیر 無 无 0.0'

const words = new Map([...yes.split(' ').map((word) => [word, 'true'] as const), ...no.split(' ').map((word) => [word, 'false'] as const)])

/**
 * Pairs of letters and signs that mean yes and no only together: "o" and "x" in Japan, where "x" alone is a tick elsewhere; "e" is yes beside the
 * Turkish "h" and no beside the Finnish "k".
 */
export const booleanPairs = ['o-x', 'e-h', 'k-e', 'j-e', 'i-n', 'a-n', 'd-n', 'д-н', 'ν-ο'] as const
export type BooleanPair = (typeof booleanPairs)[number]

/** Yes or no, in the words and signs that spreadsheets and CRM exports use. Canonical is `true` or `false`. */
export const booleanType: FieldType = {
  kind: 'boolean',
  mayWarn: false,
  appendable: false,
  parse(text, _field, _row, reading) {
    const plain = words.get(text)
    if (plain !== undefined && (reading?.booleans === undefined || text.length > 1)) return plain
    const word = text.normalize('NFC').toLowerCase()
    if (reading?.booleans !== undefined && word.length === 1) {
      const [pairYes, pairNo] = reading.booleans.split('-')
      if (word === pairYes) return 'true'
      if (word === pairNo) return 'false'
    }
    // Turkish capitals: HAYIR in lower case is "hayir" elsewhere
    return words.get(word) ?? words.get(text.toLocaleLowerCase('tr')) ?? new Problem('type.boolean')
  },
  print(canonical) {
    return canonical
  },
}
