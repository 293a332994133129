import type { Candidate } from './candidate.ts'

const languageNames: Readonly<Record<string, string>> = {
  en: 'English', de: 'German', es: 'Spanish', fr: 'French', pt: 'Portuguese', it: 'Italian', nl: 'Dutch', sv: 'Swedish', da: 'Danish', no: 'Norwegian', fi: 'Finnish', pl: 'Polish',
  cs: 'Czech', hu: 'Hungarian', ro: 'Romanian', tr: 'Turkish', ru: 'Russian', uk: 'Ukrainian', el: 'Greek', ja: 'Japanese', zh: 'Chinese', ko: 'Korean',
  sk: 'Slovak', sl: 'Slovenian', hr: 'Croatian', sr: 'Serbian', bg: 'Bulgarian', et: 'Estonian', lv: 'Latvian', lt: 'Lithuanian', is: 'Icelandic', ca: 'Catalan', ar: 'Arabic', fa: 'Persian', he: 'Hebrew', hi: 'Hindi', th: 'Thai',
  vi: 'Vietnamese', id: 'Indonesian',
}

/** A letter that English words do not have: what is written with one is read as English for want of another language in the file. */
const foreign = /[^ -~]/u

/** Why a column is thought to feed a field, in one plain sentence. `values` says what its cells add, or nothing. */
export function reasonFor({ evidence, path, fallback }: Candidate, header: string, values: string | null): string {
  const also = values === null ? '' : `; ${values}`
  const only = fallback ? ', and no other column brings it' : ''
  const isForeign = 'language' in evidence && evidence.language === 'en' && foreign.test(header.normalize('NFC'))
  switch (evidence.kind) {
    case 'api-name': return `The header is the name of the field ${path}${also}.`
    case 'label': return `The header is a name of the field ${path}${also}.`
    case 'alias': return `The header is a known ${isForeign ? '' : `${languageNames[evidence.language] ?? evidence.language} `}name for ${path}${only}${also}.`
    case 'words': return `The words of the header${isForeign ? '' : `, read as ${languageNames[evidence.language] ?? evidence.language},`} mean ${path}${only}${also}.`
    case 'similar': return `The header is nearly "${evidence.to}", a known name for ${path}${also}.`
    case 'layout': return `In a file of ${evidence.system} this column is ${path}${also}.`
    case 'addresses': return `The header names a record, and its values are e-mail addresses: ${path}.`
    case 'values': return `The header says little, but ${evidence.what}: ${path}.`
  }
}
