/** Where the columns come from. `semicolon`: spreadsheets there put semicolons between cells. */
export interface Locale { tag: string; country: string; currency: string; semicolon: boolean }

const line = (tag: string, currency: string, semicolon: boolean): Locale => ({ tag, country: tag.slice(-2), currency, semicolon })

export const locales: readonly Locale[] = [
  line('en-US', 'USD', false), line('en-GB', 'GBP', false), line('en-IN', 'INR', false), line('en-AU', 'AUD', false), line('de-DE', 'EUR', true), line('de-CH', 'CHF', true),
  line('fr-FR', 'EUR', true), line('es-ES', 'EUR', true), line('es-MX', 'MXN', false), line('pt-BR', 'BRL', true), line('it-IT', 'EUR', true), line('nl-NL', 'EUR', true),
  line('pl-PL', 'PLN', true), line('cs-CZ', 'CZK', true), line('sv-SE', 'SEK', true), line('da-DK', 'DKK', true), line('tr-TR', 'TRY', true), line('ru-RU', 'RUB', true),
  line('ja-JP', 'JPY', false), line('ar-EG', 'EGP', false),
]
