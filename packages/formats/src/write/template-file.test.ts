import { describe, expect, it } from 'vitest'
import { importTemplate, standardCatalog } from '@longshore/core'
import { detectLayout, readRows } from '../formats.ts'
import { memorySource } from '../memory-source.ts'
import { templateFile } from './template-file.ts'

const template = importTemplate({ catalog: standardCatalog(), object: 'contacts', settings: { country: 'US', currency: 'USD', members: [], formulaGuard: false } })

describe('a template as a file', () => {
  it.each(['csv', 'xlsx'])('of the format %s reads back as its headers and its example row', async (format) => {
    const bytes = await templateFile(template, format, 'Contacts: new/old')
    const source = memorySource(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
    const layout = await detectLayout(source, { fileName: `t.${format}`, settings: {} })
    expect(layout.columns).toEqual(template.columns.map(({ header }) => header))
    const rows: (string | null)[][] = []
    for await (const batch of readRows(source, layout)) rows.push(...batch.map(({ cells }) => cells.map((cell) => cell || null)))
    expect(rows).toEqual([template.columns.map(({ example }) => example || null)])
  })

  it('of another format is refused', async () => {
    await expect(templateFile(template, 'pdf', 'x')).rejects.toMatchObject({ code: 'not-built-yet' })
  })
})
