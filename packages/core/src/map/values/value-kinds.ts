import { fold } from '../header/header-words.ts'
import { isPlace } from '../../fields/place.ts'
import { countryNamesIn, dailyCountryNames } from '../../fields/country-of.ts'
import { cityNames, familyNames, givenNames } from './name-lists.ts'

/** What a cell may be, told by its text alone. A cell may be several. */
export const valueKinds = [
  'email', 'linkedin', 'url', 'domain', 'phone', 'date', 'date-time', 'birth-date', 'percent', 'money', 'integer', 'zero-led', 'number', 'amount', 'place', 'boolean', 'country', 'state', 'postal-code', 'city', 'street',
  'given-name', 'family-name', 'full-name', 'words', 'company', 'salutation', 'currency-code', 'job', 'department', 'record-id', 'list', 'prose', 'text',
] as const
export type ValueKind = (typeof valueKinds)[number]

const legalForm = /(^|[\s,.])(inc|llc|ltd|limited|corp|corporation|co|company|plc|llp|lp|gmbh|ag|kg|ohg|ug|gbr|mbh|e\.?k|e\.?v|se|sa|s\.a|sas|sarl|s\.a\.r\.l|eurl|sci|srl|s\.r\.l|spa|s\.p\.a|snc|sl|s\.l|s\.l\.u|slu|bv|b\.v|nv|n\.v|vof|ab|hb|as|a\/s|aps|asa|oy|oyj|sp\.? z o\.?o|s\.r\.o|a\.s|kft|zrt|nyrt|bt|srl|ltda|s\/a|eireli|me|pty|pvt|group|holding|holdings|gruppe|partners|associates|solutions|technologies|industries|consulting|systems|services|bank|university|foundation)\.?$/iu
/** Legal forms that may stand before the name, or within it where no spaces are written. */
const legalFormAnywhere = /株式会社|有限会社|合同会社|有限公司|公司$|集团|주식회사|㈜|\(株\)|^(ооо|оао|зао|пао|ао|ип|тов)\s/iu
const streetWord = /(str\.?|straße|strasse|weg|allee|platz|gasse|ring|damm|ufer)\s*\d|\b(street|st|road|rd|avenue|ave|lane|ln|drive|dr|blvd|boulevard|way|court|ct|square|place|suite|highway|parkway|rue|chemin|impasse|route|quai|calle|c\/|avda|avenida|plaza|paseo|carrera|rua|travessa|praca|via|viale|piazza|corso|straat|laan|plein|gracht|kade|gata|gatan|vagen|vag|vej|gade|veien|katu|tie|ul\.?|ulica|aleja|ulice|namesti|utca|ut|strada|cadde|sokak|mahallesi|улица|ул\.|проспект|вул\.)\b/u
const jobWord = /\b(manager|director|engineer|developer|assistant|officer|ceo|cto|cfo|coo|cmo|vp|president|founder|owner|partner|analyst|consultant|sales|marketing|head of|lead|specialist|representative|executive|accountant|designer|coordinator|administrator|architect|supervisor|buyer|secretary|chef|leiter|leiterin|geschaftsfuhrer|geschaftsfuhrerin|referent|assistentin|einkaufer|vertrieb|directeur|directrice|responsable|gerant|ingenieur|charge|gerente|jefe|director[a]?|diretor|diretora|analista|coordenador|direttore|responsabile|impiegato|chef|vd|saljare|toimitusjohtaja|kierownik|dyrektor|prezes)\b|部長|課長|社長|代表|主任|係長|取締役|经理|总监|директор|менеджер/u
const departmentWord = /^(sales|marketing|finance|accounting|hr|human resources|it|engineering|operations|support|customer (service|success|support)|legal|purchasing|procurement|research|r ?& ?d|product|production|logistics|administration|management|vertrieb|einkauf|buchhaltung|personal|entwicklung|ventes|achats|comptabilite|ventas|compras|contabilidad|finanzas|vendas|financeiro|vendite|acquisti|営業部?|総務部?|開発部?|経理部?|人事部?|销售部|市场部)$/u
const usStates = new Set('al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc on qc bc ab mb sk ns nb nsw vic qld wa sp rj mg rs pr'.split(' '))
const stateNames = new Set(`alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming|ontario|quebec|british columbia|alberta|manitoba|new south wales|victoria|queensland|baden wurttemberg|bayern|bavaria|berlin|brandenburg|bremen|hamburg|hessen|niedersachsen|nordrhein westfalen|rheinland pfalz|saarland|sachsen|sachsen anhalt|schleswig holstein|thuringen|ile de france|bretagne|normandie|occitanie|provence alpes cote d azur|madrid|cataluna|andalucia|galicia|valencia|sao paulo|rio de janeiro|minas gerais|parana|bahia|lombardia|lazio|toscana|veneto|piemonte|noord holland|zuid holland|utrecht|tokyo|england|scotland|wales`.split('|'))
const salutations = new Set('mr mrs ms miss mx dr prof herr frau hr fr m mme mlle monsieur madame sr sra srta senor senora sig sig.ra signor signora dott dhr mevr mevrouw herra rouva pan pani'.split(' '))
const yesNo = new Set('true false yes no y n t f ja nein oui non si sim nao tak nie ano ne igen nem kylla ei on off x はい いいえ 是 否 да нет evet hayir 예 아니오 예'.split(' '))
const currencyCodes = new Set('usd eur gbp chf jpy cny aud cad sek nok dkk pln czk huf ron try rub uah brl mxn ars clp cop inr krw sgd hkd nzd zar ils aed'.split(' '))

/** No country, state or city has a longer name. */
const longestName = 48
const plainText = /^[ -~]*$/

let countries: ReadonlySet<string> | null = null

/** Languages that exports are mostly written in. */
const countryLanguages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'sv', 'pl', 'ja', 'ru']

/** Country names of these languages without accents, and the ISO codes; made at the first use. */
function countryNames(): ReadonlySet<string> {
  if (countries) return countries
  const names = new Set(Object.keys(dailyCountryNames).map((name) => nameOf(plainly(name))))
  for (const language of countryLanguages) {
    for (const { code, name } of countryNamesIn(language)) { names.add(nameOf(plainly(name))); names.add(code.toLowerCase()) }
  }
  countries = names
  return names
}

function isList(text: string): boolean {
  const mark = text.includes(';') ? text.indexOf(';') : text.indexOf('|')
  return mark > 0 && mark < text.length - 1
}

/** Lower case without accents; most cells are plain already. */
function plainly(text: string): string {
  const lower = text.toLowerCase()
  return plainText.test(lower) ? lower : fold(lower.normalize('NFKC'))
}

/** The words of a name, as the lists have them. */
function nameOf(plain: string): string {
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

/** The kinds that one cell's text may be. The text is trimmed and not empty. */
export function kindsOf(text: string): ValueKind[] {
  const kinds: ValueKind[] = []
  const plain = plainly(text)
  if (plain.includes('@') && /^[^\s@<>,;]+@[^\s@<>,;]+\.[a-z]{2,}$/.test(plain)) return ['email']
  if (plain.includes('.')) {
    if (plain.includes('linkedin.com/') && /^(https?:\/\/)?([a-z]+\.)?linkedin\.com\//.test(plain)) return ['linkedin', 'url']
    if (/^(https?:\/\/|www\.)\S+\.\S+$/.test(plain)) return ['url']
    if (/^([a-z0-9-]+\.)+[a-z]{2,12}(\/\S*)?$/.test(plain) && /[a-z]\.[a-z]/.test(plain) && !plain.endsWith('.')) kinds.push('domain')
  }
  const digits = digitsIn(plain)
  if (digits > 0) digitKinds(plain, digits, kinds)
  const words = plain.replace(/[.,]/g, ' ').split(/[\s'-]+/).filter((word) => word !== '')
  const whole = text.length > longestName ? '' : nameOf(plain)
  if (yesNo.has(plain) || plain === '0' || plain === '1') kinds.push('boolean')
  if (salutations.has(plain.replace(/\.$/, ''))) kinds.push('salutation')
  if (currencyCodes.has(plain)) kinds.push('currency-code')
  if (countryNames().has(whole)) kinds.push('country')
  if (stateNames.has(whole) || (usStates.has(plain) && text === text.toUpperCase())) kinds.push('state')
  if (/[都道府県]$/.test(text) && text.length <= 5) kinds.push('state')
  if (cityNames.has(whole)) kinds.push('city')
  if (digits > 0 && /^[0-9a-f]{8}-[0-9a-f]{4}-|^[a-z0-9]{15,24}$|^[a-z]{1,5}[-_]?\d{2,}$|^#?\d{3,9}$/.test(plain)) kinds.push('record-id')
  if (digits < 6) wordKinds(plain, words, kinds)
  if (text.length < 200 && isList(text)) kinds.push('list')
  if (words.length > 7 || text.length > 60) kinds.push('prose')
  if (kinds.length === 0) kinds.push('text')
  return kinds
}

/** What a text with digits may be. */
function digitKinds(plain: string, digits: number, kinds: ValueKind[]): void {
  if (isDate(plain)) kinds.push(...dateKinds(plain))
  else if (/^[+-]?[\d\s.,'’]*\d\s?%$/.test(plain)) kinds.push('percent')
  else if (/^[-+(]?\s?([$€£¥]|[a-z]{3}|kr|zł|r\$)?\s?[\d][\d\s.,'’]*\)?\s?([$€£¥]|[a-z]{3}|kr|zł)?$/.test(plain)) {
    kinds.push('amount') // with a sign of money or without: what a column of amounts holds together
    if (/^-?\d{1,18}$/.test(plain)) kinds.push('integer', 'number', ...(/^0\d/.test(plain) ? ['zero-led' as const] : []))
    else if (/^-?[\d][\d\s.,'’]*$/.test(plain)) kinds.push(/[.,]\d{2}$/.test(plain) ? 'money' : 'number', 'number')
    else kinds.push('money')
  }
  if (digits >= 7 && digits <= 16 && /^(tel\.?:?\s*)?[+(]?[\d][\d\s().\-/]*((x|ext|ext\.|durchwahl)\s*\d+)?$/.test(plain.replace(/^\(\+/, '+')) && !kinds.includes('date') && !/^(19|20)\d{2}\s?[-/]\s?((19|20)\d{2})$/.test(plain) && (/[+(\s\-./]/.test(plain) || /^0\d{8,}|^\d{10,12}$/.test(plain)) && !/^\d{1,3}([.,]\d{3})+([.,]\d+)?$/.test(plain)) kinds.push('phone')
  if (plain.length <= 10 && /^(\d{4,6}|\d{5}-\d{4}|\d{3}-\d{4}|\d{2}-\d{3}|\d{5}-\d{3}|\d{3}\s\d{2}|\d{4}\s?[a-z]{2}|[a-z]\d[a-z]\s?\d[a-z]\d|[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}|[a-z]-\d{4,5}|〒?\d{3}-?\d{4})$/.test(plain)) kinds.push('postal-code')
  if (digits >= 5 && isPlace(plain)) kinds.push('place')
}

function digitsIn(plain: string): number {
  let digits = 0
  for (let i = 0; i < plain.length; i++) { const c = plain.charCodeAt(i); if (c >= 48 && c <= 57) digits++ }
  return digits
}

function wordKinds(plain: string, words: readonly string[], kinds: ValueKind[]): void {
  if (words.length === 0) return
  const lettersOnly = /^[\p{L}\p{M}\s.'’,-]+$/u.test(plain)
  const legal = (words.length > 1 && legalForm.test(plain)) || legalFormAnywhere.test(plain)
  if (legal) kinds.push('company')
  if ((/\d/.test(plain) && streetWord.test(plain)) || /丁目|番地|\d+-\d+-\d+$/.test(plain)) kinds.push('street')
  if (jobWord.test(plain) && words.length <= 7) kinds.push('job')
  if (departmentWord.test(plain)) kinds.push('department')
  if (!lettersOnly || legal || words.length > 4) return
  if (words.length > 1 && plain.includes(' ')) kinds.push('words')
  const first = words[0] ?? ''
  const last = words.at(-1) ?? ''
  if (words.length === 1) { if (givenNames.has(first)) kinds.push('given-name'); if (familyNames.has(first)) kinds.push('family-name') }
  else if (givenNames.has(first) || (plain.includes(',') && givenNames.has(last)) || (givenNames.has(first.slice(0, -1)) && familyNames.has(last))) kinds.push('full-name')
  else if (familyNames.has(last) && words.length === 2) kinds.push('full-name', 'family-name')
}

const datePattern = /^([\p{L}]{2,10}\.?,\s)?(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})|\d{1,2}\.?\s?[\p{L}]{3,12}\.?,?\s\d{4}|[\p{L}]{3,12}\.?\s\d{1,2},?\s\d{4}|\d{4}年\d{1,2}月\d{1,2}日|\d{4}\. ?\d{1,2}\. ?\d{1,2}\.?|(19|20)\d{2}(0\d|1[0-2])([0-2]\d|3[01]))([t\s,]+\d{1,2}[:.h時]\d{2}.*)?z?$/u

function isDate(plain: string): boolean {
  return datePattern.test(plain)
}

function dateKinds(plain: string): ValueKind[] {
  const year = Number(/(\d{4})/.exec(plain)?.[1] ?? '0')
  const kinds: ValueKind[] = ['date']
  if (/\d:\d/.test(plain)) kinds.push('date-time')
  else if (year >= 1920 && year <= 2008) kinds.push('birth-date')
  return kinds
}
