import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noBrowser, openApp } from './browser.ts'
import type { OpenedApp } from './browser.ts'

const minutes = 60_000
/** More stops than any page of the wizard has: who has not come by then goes round in a circle. */
const mostStops = 120
const list = [
  'First Name,Last Name,E-mail,Lead Source,Club',
  'Ada,Winter,ada@example.com,Trade Shwo,Chess',
  'Bo,Lind,bo@@example.com,Referral,Chess',
  'Cem,Aydin,cem@example.com,Trade Shwo,Row',
  'Dora,Keller,dora@example.com,Referral,Row',
].join('\n')

/** Runs in every page, whose globals have no types here: what has the focus, as a person meets it, and how it looks. */
const focusScript = `
  const parts = ['outlineStyle', 'outlineWidth', 'outlineColor', 'outlineOffset', 'boxShadow', 'backgroundColor', 'color', 'textDecorationLine', 'borderTopColor', 'borderTopWidth', 'borderBottomColor', 'borderBottomWidth', 'opacity', 'clipPath', 'transform']
  const invisible = (color) => color === 'transparent' || /, 0\\)$/.test(color)
  const drawn = (style) => parts.map((part) => part.startsWith('outline') && (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0 || invisible(style.outlineColor)) ? '' : style[part]).join('|')
  // itself, what is drawn around it, and what stands for it where it is hidden itself
  const look = (at) => [at, at.parentElement, at.parentElement?.parentElement, at.nextElementSibling, ...(at.labels ?? [])].filter(Boolean)
    .flatMap((one) => [null, '::before', '::after'].map((pseudo) => drawn(getComputedStyle(one, pseudo)))).join(' ')
  let left = null
  /** Before a key: how what has the focus looks with it. */
  globalThis.rememberFocus = () => { const at = document.activeElement; left = at && at !== document.body ? { at, look: look(at) } : null }
  /** After it: what had the focus and looks the same without it. */
  globalThis.unshownFocus = () => left && left.at.isConnected && document.activeElement !== left.at && !left.at.contains(document.activeElement) && look(left.at) === left.look ? nameOf(left.at) || left.at.outerHTML.slice(0, 80) : ''
  const nameOf = (at) => {
    const named = (at.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
    return (at.getAttribute('aria-label') || named.trim() || [...(at.labels ?? [])].map((one) => one.textContent).join(' ') || at.textContent || '').trim()
  }
  globalThis.focused = () => {
    const at = document.activeElement
    if (!at || at === document.body) return { name: '', inView: true }
    const box = at.getBoundingClientRect()
    return { name: nameOf(at), inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth }
  }
  // a look that changes by and by is compared at its end
  addEventListener('DOMContentLoaded', () => { const still = new CSSStyleSheet(); still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }'); document.adoptedStyleSheets.push(still) })
`

describe.skipIf(noBrowser)('by keyboard alone', () => {
  let app: OpenedApp
  beforeAll(async () => { app = await openApp('keyboard') }, 3 * minutes)
  afterAll(() => app.close())

  it('a file is imported, corrected and taken back, and what has the focus can always be seen', async () => {
    const page = await app.page()
    await page.addInitScript(focusScript)
    const unseen: string[] = []
    const focused = async () => page.evaluate<{ name: string; inView: boolean }>('globalThis.focused()')
    const tabTo = async (name: RegExp, key = 'Tab'): Promise<void> => {
      const seen: string[] = []
      for (let stop = 0; stop < mostStops; stop++) {
        await page.evaluate('globalThis.rememberFocus()')
        await page.keyboard.press(key)
        const before = await page.evaluate<string>('globalThis.unshownFocus()')
        if (before !== '') unseen.push(`looks the same without the focus: ${before.slice(0, 60)}`)
        const here = await focused()
        if (here.name !== '' && !here.inView) unseen.push(`out of view: ${here.name.slice(0, 60)}`)
        seen.push(here.name.slice(0, 30))
        if (name.test(here.name)) return
      }
      throw new Error(`Tab never comes to ${String(name)}, only to ${seen.slice(0, 40).join(' / ')}`)
    }
    const press = async (name: RegExp): Promise<void> => { await tabTo(name); await page.keyboard.press('Enter') }
    const step = async (page_: Page, heading: RegExp): Promise<void> => {
      await page_.getByRole('heading', { level: 1, name: heading }).waitFor()
      // a new step is where reading begins: its heading has the focus
      await expect.poll(async () => heading.test((await focused()).name), { timeout: minutes }).toBe(true)
    }
    const contacts = () => app.rows<{ last_name: string; email: string; lead_source: string | null }>('SELECT last_name, email, lead_source FROM org.contacts WHERE deleted_at IS NULL ORDER BY id')

    await page.goto(`${app.url}/imports/new`)
    await page.getByRole('heading', { name: 'Import contacts' }).waitFor()
    const chooser = page.waitForEvent('filechooser')
    await press(/^Choose a file$/)
    await (await chooser).setFiles({ name: 'club.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
    await page.getByRole('button', { name: 'Map 5 columns' }).waitFor()
    await press(/^Map 5 columns$/)

    await step(page, /^Map 5 columns$/)
    // the column that has no field gets a new one, from a list that is searched by typing
    await page.getByRole('combobox', { name: 'Field for Club' }).waitFor() // the values of the file are looked at first
    await tabTo(/^Field for Club$/)
    await page.keyboard.type('new field')
    await page.getByRole('option', { name: /Make a new field/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText('“Club” is made when the import begins to write.').waitFor()
    await page.keyboard.press('Control+Enter')

    await step(page, /^Rows that meet contacts you have$/)
    await tabTo(/^Skip it/)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.getByRole('radio', { name: /^Add it and put the pair/ }).isChecked()).toBe(true)
    await page.keyboard.press('ArrowUp')
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.keyboard.press('Control+Enter')

    await step(page, /^Check the rows$/)
    // a group at once
    await press(/^Lead Source/)
    await press(/^Fix 2 rows$/)
    await press(/^Change everywhere$/)
    await page.getByRole('button', { name: 'Changes (1)' }).waitFor()
    // it was the last of its group: the dialog goes, and the way on has the focus
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(async () => (await focused()).name, { timeout: minutes }).toBe('Show all rows')
    // a cell in the sheet
    await tabTo(/^E-mail/, 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('grid').getByText('bo@@example.com').first().waitFor()
    await tabTo(/^Rows of the file$/)
    for (const key of ['F8', 'Home', 'ArrowRight', 'ArrowRight', 'F2', 'Control+a']) await page.keyboard.press(key)
    await page.keyboard.type('bo@example.com')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Changes (2)' }).waitFor()
    await page.getByRole('button', { name: 'Plan again', disabled: false }).waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Go on with 4 rows', disabled: false }).waitFor()
    await page.keyboard.press('Control+Enter')

    await step(page, /^This will happen$/)
    expect(await contacts()).toEqual([])
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: 'Import is done' }).waitFor()
    expect(await contacts()).toEqual([
      { last_name: 'Winter', email: 'ada@example.com', lead_source: 'Trade Show' }, { last_name: 'Lind', email: 'bo@example.com', lead_source: 'Referral' },
      { last_name: 'Aydin', email: 'cem@example.com', lead_source: 'Trade Show' }, { last_name: 'Keller', email: 'dora@example.com', lead_source: 'Referral' },
    ])

    await press(/^Undo this import$/)
    const button = page.getByRole('button', { name: 'Undo import of 4 records' })
    await button.waitFor()
    // what cannot be meant by a slip of the finger is not the first thing that Enter does
    expect((await focused()).name).not.toContain('Undo import of')
    await press(/^Undo import of 4 records$/)
    await expect.poll(contacts, { timeout: minutes }).toEqual([])
    expect([unseen, app.troubles]).toEqual([[], []])
    await page.context().close()
  }, 6 * minutes)
})
