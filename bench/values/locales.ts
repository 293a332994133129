/** Where the columns come from. `semicolon`: spreadsheets there put semicolons between cells. */
export interface Locale { tag: string; country: string; currency: string; semicolon: boolean }

const line = (tag: string, currency: string, semicolon: boolean): Locale => ({ tag, country: tag.slice(-2), currency, semicolon })

/** The twenty that the reading of values was made with. */
export const locales: readonly Locale[] = [
  line('en-US', 'USD', false), line('en-GB', 'GBP', false), line('en-IN', 'INR', false), line('en-AU', 'AUD', false), line('de-DE', 'EUR', true), line('de-CH', 'CHF', true),
  line('fr-FR', 'EUR', true), line('es-ES', 'EUR', true), line('es-MX', 'MXN', false), line('pt-BR', 'BRL', true), line('it-IT', 'EUR', true), line('nl-NL', 'EUR', true),
  line('pl-PL', 'PLN', true), line('cs-CZ', 'CZK', true), line('sv-SE', 'SEK', true), line('da-DK', 'DKK', true), line('tr-TR', 'TRY', true), line('ru-RU', 'RUB', true),
  line('ja-JP', 'JPY', false), line('ar-EG', 'EGP', false),
]

/** Fifty more that it was not made with. Some write months in languages that we do not read: that has to be said, never guessed. */
export const otherLocales: readonly Locale[] = [
  ...'de-AT EUR,fr-CH CHF,es-AR ARS,es-CO COP,es-CL CLP,pt-PT EUR,nl-BE EUR,it-CH CHF,fi-FI EUR,nb-NO NOK,hu-HU HUF,ro-RO RON,bg-BG BGN,hr-HR EUR,sk-SK EUR,sl-SI EUR,et-EE EUR,lv-LV EUR,lt-LT EUR,el-GR EUR,uk-UA UAH,id-ID IDR,ca-ES EUR,is-IS ISK,sr-RS RSD,ka-GE GEL,kk-KZ KZT,mk-MK MKD,sq-AL ALL,az-AZ AZN'.split(',').map((text) => of(text, true)),
  ...'fr-CA CAD,en-CA CAD,en-ZA ZAR,en-NZ NZD,en-IE EUR,he-IL ILS,fa-IR IRR,th-TH THB,vi-VN VND,ms-MY MYR,ko-KR KRW,zh-CN CNY,zh-TW TWD,hi-IN INR,bn-BD BDT,ur-PK PKR,ar-SA SAR,ar-MA MAD,sw-KE KES,fil-PH PHP'.split(',').map((text) => of(text, false)),
]

function of(text: string, semicolon: boolean): Locale {
  const [tag = '', currency = ''] = text.split(' ')
  return line(tag, currency, semicolon)
}
