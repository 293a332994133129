import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytes, noBrowser, openApp } from './browser.ts'
import type { OpenedApp } from './browser.ts'

const minutes = 60_000
const hostile = '<img src=x onerror="alert(1)">'
const list = [
  'First Name;Last Name;E-Mail;Lead Source;Birthdate;Shoe Size',
  'Jürgen;Groß;juergen@example.com;Referral;31.12.1980;42',
  'Éva;Kovács;eva@@example.com;Trade Shwo;01.02.1975;',
  'Li;Wei;li.wei@example.com;Trade Shwo;15.03.1990;39',
  'Ann;Smith;ann@example.com;Referral;;40',
  'Ann;Smith;ANN@example.com;Referral;;41',
  `${hostile};=1+1;hostile@example.com;Referral;;`,
  'Bob;;bob@example.com;Referral;;',
].join('\r\n')

describe.skipIf(noBrowser)('the wizard', () => {
  let app: OpenedApp
  beforeAll(async () => { app = await openApp('wizard') }, 3 * minutes)
  afterAll(() => app.close())

  it('brings a messy file in, from drop to undo, and the database is as before', async () => {
    const page = await app.page()
    const contacts = () => app.rows<{ first_name: string | null; last_name: string; lead_source: string | null }>('SELECT first_name, last_name, lead_source FROM org.contacts WHERE deleted_at IS NULL ORDER BY id')
    await page.goto(`${app.url}/imports/new`)
    await page.locator('input[type=file]').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list, 'latin1') }) // sent in another encoding than it claims
    await page.getByRole('button', { name: 'Choose another file' }).waitFor()
    await page.getByRole('cell', { name: 'Jürgen' }).waitFor()

    await page.getByRole('button', { name: 'Map 6 columns' }).click()
    await page.getByText('1 not imported').waitFor()
    // a reload brings everything back
    await page.reload()
    await page.getByText('1 not imported').waitFor()
    // the next step begins at its top, however far down this one was
    await page.setViewportSize({ width: 1360, height: 420 })
    expect(await page.locator('[data-step=map]').evaluate((content) => { content.scrollTo({ top: 1000 }); return content.scrollTop })).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Decide about duplicates' }).click()
    // this file's numbers, before anything is checked
    await page.getByText('Of the 7 rows of this file').waitFor()
    await page.getByText('1 row repeats an earlier row of the file').waitFor()
    expect(await page.locator('[data-step=match]').evaluate((content) => content.scrollTop)).toBe(0)
    await page.setViewportSize({ width: 1360, height: 860 })
    await page.getByRole('button', { name: 'Check all rows' }).click()

    // every row was checked, nothing is written
    await page.getByRole('grid').waitFor()
    await expect.poll(() => page.getByRole('group', { name: 'Show rows' }).innerText(), { timeout: minutes }).toMatch(/7\s+rows/)
    expect(await contacts()).toEqual([])

    // a whole group at once: the option that is nearest is proposed
    await page.getByRole('button', { name: /Lead Source.*Unknown/ }).click()
    await page.getByRole('button', { name: 'Fix 2 rows' }).click()
    await page.getByRole('button', { name: 'Change everywhere' }).click()
    await page.getByRole('button', { name: 'Changes (1)' }).waitFor()
    // one cell by keyboard
    await page.getByRole('button', { name: /E-Mail.*Not an e/ }).click()
    await page.getByText('1 row', { exact: true }).waitFor()
    await page.getByRole('grid').getByText('eva@@example.com').first().waitFor() // keys go nowhere while the row is still on its way
    await page.getByRole('grid').focus()
    await page.keyboard.press('F8')
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'F2', 'Control+a']) await page.keyboard.press(key)
    await page.keyboard.type('eva@example.com')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Changes (2)' }).waitFor()
    await page.getByRole('button', { name: 'Plan again' }).click()

    await page.getByRole('button', { name: 'Go on with 5 rows' }).click()
    await page.getByRole('button', { name: 'Import 5 rows' }).click()
    await page.getByRole('heading', { name: 'Import is done' }).waitFor()
    expect(await contacts()).toEqual([
      { first_name: 'Jürgen', last_name: 'Groß', lead_source: 'Referral' }, { first_name: 'Éva', last_name: 'Kovács', lead_source: 'Trade Show' }, { first_name: 'Li', last_name: 'Wei', lead_source: 'Trade Show' },
      { first_name: 'Ann', last_name: 'Smith', lead_source: 'Referral' }, { first_name: hostile, last_name: '=1+1', lead_source: 'Referral' },
    ])

    expect(await page.getByRole('link', { name: 'Show the 5 new contacts' }).getAttribute('href')).toBe('/records/contacts?job=1')
    expect(await page.getByRole('link', { name: 'Show the row that could not be imported' }).getAttribute('href')).toBe('/jobs/1?tab=rows&rows=errors')

    // what undo will do is said first
    await page.getByRole('button', { name: 'Undo this import' }).click()
    await page.getByText('5 records that it created are deleted').waitFor()
    // a double click starts it once
    await page.getByRole('button', { name: 'Undo import of 5 records' }).dblclick()
    await page.waitForURL(/\/jobs\/\d+$/)
    await expect.poll(contacts, { timeout: minutes }).toEqual([])
    expect(await app.rows(`SELECT count(*)::int AS undos FROM longshore.job WHERE kind = 'undo'`)).toEqual([{ undos: 1 }])
    expect(app.troubles).toEqual([])
    await page.context().close()
  }, 6 * minutes)

  it('lets a person say which way of writing stays, tries 100 rows, imports the rest, and merges the pairs that agree', async () => {
    const { longshore } = app
    const person = (i: number) => `Person ${i},Sample,fair.${i}@example.com,${i % 3 === 0 ? 'HARBOUR, Ltd.' : 'Harbour Ltd'}`.replace(/(HARBOUR.*)/, '"$1"')
    // the last two are the first two once more
    const people = [...Array.from({ length: 118 }, (_, i) => person(i)), person(0), person(1)]
    const upload = await longshore.uploads.take('fair.csv', bytes(`First Name,Last Name,E-mail,Company\n${people.join('\n')}\n`))
    const { job } = await longshore.drafts.create({ file: { upload: upload.id, name: 'fair.csv' }, definition: { object: 'contacts', match: [['email']], onDuplicate: 'flag', missingReference: 'create' } })
    await longshore.drafts.check(job, () => undefined)
    const found = async () => (await app.rows<{ found: number }>(`SELECT count(*)::int AS found FROM org.contacts WHERE email LIKE 'fair.%' AND deleted_at IS NULL`))[0]?.found
    const page = await app.page()
    await page.goto(`${app.url}/imports/${job}/check`)
    // the more frequent way is proposed; the other one is chosen
    await page.getByRole('columnheader').getByRole('button', { name: 'Company' }).click()
    await page.getByLabel('2 ways, one stays').selectOption('HARBOUR, Ltd.')
    await page.getByRole('row', { name: /^Harbour Ltd/ }).getByRole('button', { name: 'Change everywhere' }).click()
    // the dialog stays for the next value
    await page.getByRole('row', { name: /^Harbour Ltd/ }).waitFor({ state: 'detached' })
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Changes (1)' }).waitFor()
    await page.getByRole('button', { name: 'Plan again' }).click()
    await page.getByRole('button', { name: 'Go on with 120 rows' }).click()

    await page.getByRole('button', { name: 'Try the first 100 rows' }).click()
    await page.getByRole('link', { name: 'Look at 100 new records' }).waitFor()
    expect(await found()).toBe(100)
    await page.getByRole('button', { name: 'Plan again' }).click()
    await page.getByRole('button', { name: 'Import 20 rows' }).click()
    await page.getByRole('heading', { name: 'Import is done' }).waitFor()
    expect(await found()).toBe(120)
    expect(await app.rows(`SELECT name FROM org.accounts WHERE name ILIKE 'harbour%'`)).toEqual([{ name: 'HARBOUR, Ltd.' }])

    await page.goto(`${app.url}/review`)
    await page.getByRole('button', { name: 'Merge 2 pairs that agree' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Merge 2 pairs that agree' }).click()
    await page.getByRole('heading', { name: 'Nothing to review' }).waitFor()
    expect(await found()).toBe(118)
    await page.context().close()
  }, 6 * minutes)

  it('merges a pair, and leads from the message to the job that did it', async () => {
    const upload = await app.longshore.uploads.take('pair.csv', bytes('First Name,Last Name,E-mail\nKit,Larsen,kit@example.com\nKitty,Larsen,kit@example.com\n'))
    const { job } = await app.longshore.begin({ file: { upload: upload.id, name: 'pair.csv' }, definition: { object: 'contacts', match: [['email']], onDuplicate: 'flag' }, dryRun: false })
    await expect.poll(async () => (await app.longshore.findJob(job)).state, { timeout: minutes }).toBe('done')
    const page = await app.page()
    await page.goto(`${app.url}/review`)
    await page.getByRole('button', { name: 'Merge into one record' }).click()
    await page.getByRole('heading', { name: 'Nothing to review' }).waitFor()
    await page.getByRole('alert').getByRole('link', { name: /^Job \d+$/ }).click()
    await page.waitForURL(/\/jobs\/\d+$/)
    expect(await app.rows(`SELECT count(*)::int AS kits FROM org.contacts WHERE email = 'kit@example.com' AND deleted_at IS NULL`)).toEqual([{ kits: 1 }])
    await page.context().close()
  }, 3 * minutes)

  it('names the columns that need a choice on the way out of Map, and keeps their suggestions', async () => {
    const upload = await app.longshore.uploads.take('headless.csv', bytes(Array.from({ length: 20 }, (_, i) => `Noor,Janssen ${i},noor.${i}@example.com,+31 20 555 01${String(i).padStart(2, '0')}`).join('\n')))
    const { job } = await app.longshore.drafts.create({ file: { upload: upload.id, name: 'headless.csv' }, definition: { object: 'contacts' } })
    const page = await app.page()
    await page.goto(`${app.url}/imports/${job}/map`)
    await page.getByRole('button', { name: 'Use Email' }).click()
    await page.getByRole('combobox', { name: 'Field for Column 2' }).click()
    await page.getByRole('option', { name: 'Last name', exact: true }).click()
    await page.getByRole('button', { name: 'Use Phone' }).waitFor()
    const before = await page.getByRole('button', { name: /^Use (?!all)/ }).allInnerTexts()
    expect(before.length).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Decide about duplicates' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect((await dialog.getByRole('listitem').allInnerTexts()).map((said) => said.replace(/^Column \d+: perhaps /, 'Use '))).toEqual(before)
    await dialog.getByRole('button', { name: /^Go on without/ }).click()
    await page.getByRole('heading', { name: 'Rows that meet contacts you have' }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Use Phone' }).waitFor()
    expect(await page.getByRole('button', { name: /^Use (?!all)/ }).allInnerTexts()).toEqual(before)
    await page.context().close()
  }, 3 * minutes)

  it('goes on with a check that was paused, from where it rests and from the step before', async () => {
    const list = `First Name,Last Name,E-mail\n${Array.from({ length: 60_000 }, (_, i) => `Pat,Paused ${i},paused.${i}@example.com`).join('\n')}\n`
    const upload = await app.longshore.uploads.take('paused.csv', bytes(list))
    const { job } = await app.longshore.drafts.create({ file: { upload: upload.id, name: 'paused.csv' }, definition: { object: 'contacts', match: [['email']] } })
    const runs = async () => (await app.rows(`SELECT 1 FROM longshore.attempt WHERE job = ${job} AND ended_at IS NULL`)).length > 0
    const pause = async () => { await app.longshore.drafts.begin(job); await expect.poll(runs, { timeout: minutes }).toBe(true); await app.longshore.pause(job) }
    const state = async () => (await app.longshore.findJob(job)).state
    await pause()
    expect(await state()).toBe('paused')
    const page = await app.page()
    await page.goto(`${app.url}/imports/${job}/check`)
    await page.getByRole('heading', { name: 'The check is paused' }).waitFor()
    await page.getByRole('button', { name: 'Go on', exact: true }).waitFor()
    await page.getByRole('link', { name: 'Back' }).click()
    await page.getByRole('button', { name: 'Check all rows' }).click()
    await page.getByRole('grid').waitFor()
    expect(await state()).toBe('planned')

    // an edit makes a draft of it, whose check is paused once more
    await page.goto(`${app.url}/imports/${job}/match`)
    await page.getByText('Add it all the same', { exact: true }).click()
    await expect.poll(state, { timeout: minutes }).toBe('draft')
    await pause()
    await page.goto(`${app.url}/imports/${job}/check`)
    await page.getByRole('button', { name: 'Go on', exact: true }).click()
    await page.getByRole('grid').waitFor()
    expect(await state()).toBe('planned')
    await page.context().close()
  }, 3 * minutes)

  it('asks what becomes of companies that are not there yet before it checks, with the numbers of the file', async () => {
    const list = 'First Name,Last Name,E-mail,Company\nAda,New,ada.new@example.com,Engines & Co\nBo,New,bo.new@example.com,Engines & Co\nCy,New,cy.new@example.com,Looms\n'
    const upload = await app.longshore.uploads.take('companies.csv', bytes(list))
    const { job } = await app.longshore.drafts.create({ file: { upload: upload.id, name: 'companies.csv' }, definition: { object: 'contacts' } })
    const page = await app.page()
    await page.goto(`${app.url}/imports/${job}/check`)
    await page.getByText('Every row is checked by the settings as they are now').waitFor() // nothing was changed yet
    await page.goto(`${app.url}/imports/${job}/map`)
    await page.getByRole('button', { name: 'Decide about duplicates' }).click()
    await page.getByRole('heading', { name: 'Not there yet: 2 accounts' }).waitFor()
    expect(await page.getByRole('button', { name: 'Check all rows' }).isDisabled()).toBe(true)
    await page.getByText('Create them', { exact: true }).click()
    await page.getByRole('button', { name: 'Check all rows' }).click()
    await page.getByRole('grid').waitFor()
    expect((await app.longshore.job(job)).counts).toMatchObject({ created: 3, failed: 0 })
    await page.context().close()
  }, 3 * minutes)

  it('shows what is wrong with a file that is none, and takes another one', async () => {
    const page = await app.page()
    await page.goto(`${app.url}/imports/new`)
    await page.locator('input[type=file]').setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') })
    await page.getByRole('alert').waitFor()
    await page.locator('input[type=file]').setInputFiles({ name: 'good.csv', mimeType: 'text/csv', buffer: Buffer.from('Last Name\nHopper\n') })
    await page.getByRole('button', { name: 'Map 1 column' }).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.context().close()
  }, 3 * minutes)
})
