/** ISO 4217 codes of money in circulation. Historical codes, precious metals and test codes are left out. */
export const currencyCodes: readonly string[] = (
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK '
  + 'DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF '
  + 'KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK '
  + 'PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD '
  + 'UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
).split(' ')

/** Signs that stand for one currency. */
const signs: Record<string, string> = {
  '€': 'EUR', '₹': 'INR', '₽': 'RUB', '₩': 'KRW', '₪': 'ILS', '฿': 'THB', '₫': 'VND', '₺': 'TRY', '₴': 'UAH', '₦': 'NGN', '₱': 'PHP',
  '₸': 'KZT', '₾': 'GEL', '₡': 'CRC', '₲': 'PYG', '₵': 'GHS', US$: 'USD', CA$: 'CAD', C$: 'CAD', A$: 'AUD', AU$: 'AUD', NZ$: 'NZD', HK$: 'HKD',
  S$: 'SGD', R$: 'BRL', MX$: 'MXN', NT$: 'TWD', 'CN¥': 'CNY', 'JP¥': 'JPY', 'ZŁ': 'PLN', 'KČ': 'CZK', FT: 'HUF', 'FR.': 'CHF', SFR: 'CHF', 'SFR.': 'CHF', LEI: 'RON', $US: 'USD', $CA: 'CAD', $AU: 'AUD', '£GB': 'GBP', TL: 'TRY', 'ЛВ': 'BGN', 'ЛВ.': 'BGN', 'РУБ': 'RUB', 'РУБ.': 'RUB', 'ГРН': 'UAH', 'ГРН.': 'UAH', DKR: 'DKK', 'FT.': 'HUF', EUROS: 'EUR', R: 'ZAR', RP: 'IDR', 'RP.': 'IDR', 'ریال': 'IRR', 'DIN.': 'RSD', EURO: 'EUR',
  'Đ': 'VND', 'S/': 'PEN', 'S/.': 'PEN', RM: 'MYR', RMB: 'CNY', NIS: 'ILS', 'B/.': 'PAB', KSH: 'KES', TSH: 'TZS', 'ДИН': 'RSD', 'ДИН.': 'RSD', '元': 'CNY', '円': 'JPY', '원': 'KRW', 'บาท': 'THB',
}
/** Signs that several currencies share: the first is meant unless the organization's own is among them. */
const shared: Record<string, string[]> = {
  $: ['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD', 'MXN', 'ARS', 'CLP', 'COP', 'UYU', 'TWD', 'JMD', 'TTD', 'BBD', 'BSD', 'BZD', 'BMD', 'FJD', 'NAD'],
  '£': ['GBP', 'EGP', 'GIP', 'FKP', 'SHP'],
  '¥': ['JPY', 'CNY'],
  '￥': ['JPY', 'CNY'],
  KR: ['SEK', 'NOK', 'DKK', 'ISK'],
  'KR.': ['DKK', 'SEK', 'NOK', 'ISK'],
}

const codes: ReadonlySet<string> = new Set(currencyCodes)

export function isCurrencyCode(text: string): boolean {
  return codes.has(text)
}

/** ISO code that a sign or code means, in any letter case; null when it means none. */
export function currencyOf(sign: string, defaultCurrency: string): string | null {
  const upper = sign.toUpperCase()
  if (codes.has(upper)) return upper
  if (Object.hasOwn(signs, upper)) return signs[upper] ?? null
  if (!Object.hasOwn(shared, upper)) return null
  const candidates = shared[upper] ?? []
  return candidates.includes(defaultCurrency) ? defaultCurrency : candidates[0] ?? null
}

/** ISO code among those that are `taken` that a sign or code means, in any letter case; null for one that several of them share ($ of many dollars). */
export function onlyCurrencyOf(sign: string, taken: (code: string) => boolean): string | null {
  const upper = sign.toUpperCase()
  const candidates = Object.hasOwn(shared, upper) ? shared[upper] ?? [] : [currencyOf(upper, '') ?? '']
  const [only, ...more] = candidates.filter(taken)
  return more.length === 0 ? only ?? null : null
}

/** Countries whose own currency shares its sign with others: there the sign means their own. */
const byCountry: Record<string, string> = {
  US: 'USD', CA: 'CAD', AU: 'AUD', NZ: 'NZD', HK: 'HKD', SG: 'SGD', MX: 'MXN', AR: 'ARS', CL: 'CLP', CO: 'COP', UY: 'UYU', TW: 'TWD', JM: 'JMD', TT: 'TTD', BB: 'BBD', BS: 'BSD', BZ: 'BZD',
  BM: 'BMD', FJ: 'FJD', NA: 'NAD', JP: 'JPY', CN: 'CNY', SE: 'SEK', NO: 'NOK', DK: 'DKK', IS: 'ISK', GB: 'GBP', EG: 'EGP', GI: 'GIP', FK: 'FKP', SH: 'SHP',
}

/** ISO code of a country's own currency, where it shares its sign with others; null for all others. */
export function currencyOfCountry(country: string): string | null {
  return Object.hasOwn(byCountry, country) ? byCountry[country] ?? null : null
}
