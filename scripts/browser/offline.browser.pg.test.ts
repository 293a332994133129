import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noBrowser, openApp } from './browser.ts'
import type { OpenedApp } from './browser.ts'

const minutes = 60_000
const list = ['First Name,Last Name,E-mail,Club', 'Ada,Winter,ada@example.com,Chess', 'Bo,Lind,bo@@example.com,Chess', 'Cem,Aydin,cem@example.com,Row'].join('\n')

describe.skipIf(noBrowser)('a network that is lost and comes back', () => {
  let app: OpenedApp
  let page: Page
  beforeAll(async () => { app = await openApp('offline'); page = await app.page() }, 3 * minutes)
  afterAll(() => app.close())

  const contacts = () => app.rows<{ last_name: string; email: string }>('SELECT last_name, email FROM org.contacts WHERE deleted_at IS NULL ORDER BY id')
  /** Does something without a network, and has it back. */
  const without = async (act: () => Promise<void>): Promise<void> => {
    await page.context().setOffline(true)
    await act()
    await page.context().setOffline(false)
  }
  const toldSo = () => page.getByRole('alert').getByText('Longshore does not answer. What you did so far is safe').first().waitFor()
  const saved = () => page.getByText('Saved', { exact: true }).waitFor()

  it('costs nothing at any step of the wizard: a message says so, what was typed stays, and the work goes on', async () => {
    // Upload: the file is kept, and goes out at the second try
    await page.goto(`${app.url}/imports/new`)
    await page.locator('input[type=file]').waitFor({ state: 'attached' })
    await without(async () => {
      await page.locator('input[type=file]').setInputFiles({ name: 'club.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
      await page.getByRole('alert').getByText('The file was not sent').waitFor()
      await toldSo()
    })
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: 'Map 4 columns' }).waitFor()
    await without(async () => {
      await page.getByLabel('Characters').selectOption('windows-1252')
      await page.getByText('Your last choice is not saved yet').waitFor()
      await toldSo()
    })
    await saved()
    expect(await page.getByLabel('Characters').inputValue()).toBe('windows-1252')
    await page.getByRole('button', { name: 'Map 4 columns' }).click()

    // Map
    await page.getByRole('combobox', { name: 'Field for Club' }).waitFor()
    await without(async () => {
      await page.getByRole('combobox', { name: 'Field for Club' }).click()
      await page.getByRole('option', { name: 'Department', exact: true }).click()
      await page.getByText('Your last choice is not saved yet').waitFor()
    })
    await saved()
    expect(await page.getByRole('combobox', { name: 'Field for Club' }).inputValue()).toBe('Department')
    await page.getByRole('button', { name: 'Decide about duplicates' }).click()

    // Match: the choice stays, and so does the wish to go on
    await page.getByText('Of the 3 rows of this file').waitFor()
    await without(async () => {
      await page.getByText('Add it and put the pair into the review queue', { exact: true }).click()
      await page.getByText('Your last choice is not saved yet').waitFor()
      await page.getByRole('button', { name: 'Check all rows' }).click()
      await toldSo()
    })
    await saved()
    expect(await page.getByRole('radio', { name: /^Add it and put the pair/ }).isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Check all rows' }).click()

    // Check: what was typed into a cell stands in the message, to be sent again
    await page.getByRole('grid').getByText('bo@@example.com').first().waitFor()
    await page.getByRole('grid').focus()
    for (const key of ['F8', 'F2', 'Control+a']) await page.keyboard.press(key)
    await without(async () => {
      await page.keyboard.type('bo@example.com')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').getByText('bo@example.com').waitFor()
      await toldSo()
    })
    await page.getByRole('alert').filter({ hasText: 'bo@example.com' }).getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: 'Changes (1)' }).waitFor()
    await without(async () => {
      await page.getByRole('button', { name: 'Plan again' }).click()
      await toldSo()
    })
    await page.getByRole('button', { name: 'Plan again' }).click()
    await page.getByRole('button', { name: 'Go on with 3 rows' }).click()

    // Run
    await page.getByRole('heading', { name: 'This will happen' }).waitFor()
    await without(async () => {
      await page.getByRole('button', { name: 'Import 3 rows' }).click()
      await toldSo()
    })
    expect(await contacts()).toEqual([])
    await page.getByRole('button', { name: 'Import 3 rows' }).click()
    await page.getByRole('heading', { name: 'Import is done' }).waitFor()
    expect(await contacts()).toEqual([{ last_name: 'Winter', email: 'ada@example.com' }, { last_name: 'Lind', email: 'bo@example.com' }, { last_name: 'Aydin', email: 'cem@example.com' }])
    expect(await app.rows('SELECT count(*)::int AS imports FROM longshore.job')).toEqual([{ imports: 1 }])

    // and back
    await page.getByRole('button', { name: 'Undo this import' }).click()
    await page.getByText('3 records that it created are deleted').waitFor()
    await without(async () => {
      await page.getByRole('button', { name: 'Undo import of 3 records' }).click()
      await toldSo()
    })
    await page.getByRole('button', { name: 'Undo import of 3 records' }).click()
    await expect.poll(contacts, { timeout: minutes }).toEqual([])
    expect(app.troubles.filter((trouble) => !trouble.includes('net::ERR_INTERNET_DISCONNECTED'))).toEqual([])
  }, 6 * minutes)
})
