/** Text that is HTML already. Only `html` makes it. */
export class Html {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

export type HtmlPart = Html | string | number | null | undefined | readonly HtmlPart[]

/** HTML from a template: everything put into it is escaped unless it is Html itself. For text and for attributes in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: HtmlPart[]): Html {
  return new Html(strings.map((text, position) => text + (position < parts.length ? printed(parts[position]) : '')).join(''))
}

/** Text made safe between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function printed(part: HtmlPart): string {
  if (part === null || part === undefined) return ''
  if (part instanceof Html) return part.toString()
  if (typeof part === 'object') return part.map(printed).join('')
  return escapeHtml(String(part))
}
