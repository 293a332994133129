import { existsSync, readFileSync } from 'node:fs'

/** A header of a real file with the field it belongs to. */
export interface LabelledHeader {
  header: string
  /** Field path, or null for a column that no field is for. */
  target: string | null
  /** Other answers that count as right. */
  alt: (string | null)[]
  /** Cells of the column; empty where the set knows headers alone. */
  cells: string[]
}

export interface LabelledRow {
  id: string
  /** The program that writes such files: its rows are left out together. */
  system: string
  object: string
  language: string
  headers: LabelledHeader[]
}

/** 51 header rows of 36 systems that we labelled ourselves. */
export const ownRows = new URL('../../fixtures/mapping/headers.jsonl', import.meta.url)
/** 22 header rows of 20 more systems, labelled when the words and rules stood; the figures on them before anything was changed for them are in the decision page. */
export const laterRows = new URL('../../fixtures/mapping/headers-later.jsonl', import.meta.url)
/** 40 header rows of 40 further systems, labelled after that; again the first figures are in the decision page. */
export const unseenRows = new URL('../../fixtures/mapping/headers-unseen.jsonl', import.meta.url)
/** 30 header rows of 30 further systems in 18 languages, labelled after the words had grown once more; the first figures are in the decision page, too. */
export const furtherRows = new URL('../../fixtures/mapping/headers-further.jsonl', import.meta.url)
/** 43 header rows of 43 systems in 20 languages, nearly half of their columns without a target, labelled before the mapping was asked; first figures in the decision page. */
export const freshRows = new URL('../../fixtures/mapping/headers-fresh.jsonl', import.meta.url)
/** 28 header rows of 28 more systems, labelled after what the fresh set had shown was learnt. */
export const secondRows = new URL('../../fixtures/mapping/headers-second.jsonl', import.meta.url)
/** 46 header rows of 46 systems in 26 languages with cells below them, labelled before the mapping was asked; first figures in decision 0103. */
export const rowsWithCells = new URL('../../fixtures/mapping/headers-with-cells.jsonl', import.meta.url)
/** 26 header rows of 26 further systems in 20 languages with cells, labelled with those and left alone until what they had shown was learnt. */
export const heldOutRows = new URL('../../fixtures/mapping/headers-held-out.jsonl', import.meta.url)
/** 39 header rows of 39 systems in 19 languages, labelled after that and before they were asked about. */
export const laterStillRows = new URL('../../fixtures/mapping/headers-later-still.jsonl', import.meta.url)
/** 31 header rows of 31 systems in 12 languages, half of them in English, labelled after that and before they were asked about. */
export const lastRows = new URL('../../fixtures/mapping/headers-last.jsonl', import.meta.url)
/** 28 header rows of newsletters, events, members and forms, labelled after that and before they were asked about. */
export const formRows = new URL('../../fixtures/mapping/headers-forms.jsonl', import.meta.url)
/** 27 header rows, most of them the field labels or names of programs in English, labelled after that and before they were asked about. */
export const labelRows = new URL('../../fixtures/mapping/headers-labels.jsonl', import.meta.url)
/** 35 header rows as people write them by hand, in 15 languages, labelled after that and before they were asked about; the last 15, cut shorter than people mostly do, once the others were learnt. */
export const handRows = new URL('../../fixtures/mapping/headers-by-hand.jsonl', import.meta.url)
/** 118 header rows of 117 systems in 31 languages as they stand in public files and programs, with invented cells; labelled before the mapping was asked, first figures in decision 0105. */
export const foundRows = new URL('../../fixtures/mapping/headers-found.jsonl', import.meta.url)
/** 103 header rows of 102 systems in 38 languages, written down with invented cells by somebody who did not know the words; first figures in decision 0105, too. */
export const writtenRows = new URL('../../fixtures/mapping/headers-written.jsonl', import.meta.url)
/** The labelled rows that came with the test material, which is not part of the repository. */
export const developmentRows = new URL('../../../shared/corpora/headers.dev.jsonl', import.meta.url)

/** The rows of a file, one JSON document a line; none where the file is absent. Targets may be written `contacts.email` or `email`. */
export function readLabelledRows(url: URL): LabelledRow[] {
  if (!existsSync(url)) return []
  return readFileSync(url, 'utf8').split('\n').filter((line) => line.trim() !== '').map((line) => {
    const row = JSON.parse(line) as { id: string; system: string; object: string; language: string; headers: { header: string; target: string | null; alt?: (string | null)[]; values?: string[] }[] }
    return {
      ...row,
      headers: row.headers.map(({ header, target, alt, values }) => ({ header, target: plain(row.object, target), alt: (alt ?? []).map((other) => plain(row.object, other)), cells: values ?? [] })),
    }
  })
}

/** What our paths are called in the labels: a related record by its name, whatever field of it the path reads. */
export function answerOf(object: string, path: string | null): string | null {
  return plain(object, path)
}

function plain(object: string, target: string | null): string | null {
  if (target === null) return null
  return target.replace(new RegExp(`^${object}\\.`), '')
    .replace(/^(related_\w+)\..*/, '$1').replace(/^contact\.(full_name|name)$/, 'contact_name').replace('.', '_')
}
