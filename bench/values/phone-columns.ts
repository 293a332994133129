import type { Chance } from './chance.ts'
import type { TestColumn } from './column.ts'

/** A mobile number of each country as its people write it, with blanks where they put them; `#` is any digit. From the countries' own numbering plans. */
const national: readonly { country: string; code: string; forms: readonly string[] }[] = [
  { country: 'US', code: '1', forms: ['(212) 5##-####', '415-5##-####', '646.5##.####', '3125######'] },
  { country: 'GB', code: '44', forms: ['07400 ######', '07911 1#####', '020 7946 0###'] },
  { country: 'DE', code: '49', forms: ['0151 2#######', '0170 1######', '030 2#######', '0151/2#######'] },
  { country: 'FR', code: '33', forms: ['06 12 ## ## ##', '01 42 ## ## ##', '06.12.##.##.##'] },
  { country: 'ES', code: '34', forms: ['612 ### ###', '912 ### ###', '612######'] },
  { country: 'IT', code: '39', forms: ['347 123 ####', '02 1234 ####'] },
  { country: 'NL', code: '31', forms: ['06 1234 ####', '020 123 ####', '06-1234####'] },
  { country: 'PL', code: '48', forms: ['512 345 ###', '22 123 4# ##'] },
  { country: 'BR', code: '55', forms: ['(11) 96123-####', '11 96123-####'] },
  { country: 'IN', code: '91', forms: ['098765 #####', '98765 4####', '09876543###'] },
  { country: 'AU', code: '61', forms: ['0412 345 ###', '(02) 9876 5###'] },
  { country: 'JP', code: '81', forms: ['090-1234-####', '03-1234-5###'] },
  { country: 'CH', code: '41', forms: ['078 123 ## ##', '044 668 18 ##'] },
  { country: 'SE', code: '46', forms: ['070-123 ## ##', '08-123 4## ##'] },
  { country: 'MX', code: '52', forms: ['55 1234 ####', '(33) 1234 56##'] },
]

/** Numbers as people of one country write them, with the country beside them, or with most of them written for abroad. */
export function phoneColumn(chance: Chance, rows: number): TestColumn {
  const { country, code, forms } = chance.pick(national)
  const beside = chance.next() < 0.5
  const written = Array.from({ length: rows }, (_, i) => {
    const home = chance.pick(forms).replace(/#/g, () => String(chance.whole(0, 9)))
    const abroad = `+${code} ${country === 'IT' ? home : home.replace(/^\(?0/, '').replace('(', '').replace(')', '')}`
    const isAbroad = beside ? chance.next() < 0.3 : i % 3 !== 0
    return { text: isAbroad ? abroad : home, truth: `+${code}${(country === 'IT' ? home : home.replace(/^\(?0/, '')).replace(/\D/g, '')}` }
  })
  return {
    name: `${country} phones${beside ? ' with their country' : ''}`, kind: 'phone', object: 'contacts', field: 'phone', delimiter: ',', country: beside ? country : null, sort: 'decidable',
    values: written.map(({ text }) => text), truth: written.map(({ truth }) => truth),
  }
}
