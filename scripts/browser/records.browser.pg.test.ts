import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytes, noBrowser, openApp } from './browser.ts'
import type { OpenedApp } from './browser.ts'

const minutes = 60_000
const password = 'four words not together'

describe.skipIf(noBrowser)('records in the web app', () => {
  let app: OpenedApp
  beforeAll(async () => { app = await openApp('records') }, 3 * minutes)
  afterAll(() => app.close())
  const contacts = (): Promise<Record<string, unknown>[]> => app.rows('SELECT last_name, email, birthdate::text, email_opt_out, lead_source FROM org.contacts WHERE deleted_at IS NULL ORDER BY id')
  const open = async (page: Page, path = '/records/contacts'): Promise<void> => { await page.goto(app.url + path); await page.locator('h1').first().waitFor() }

  it('makes one by hand with the inputs of its fields, and says at a field what is off', async () => {
    const page = await app.page({ viewport: { width: 390, height: 780 } })
    await open(page)
    await page.getByRole('button', { name: 'New contact' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New contact' })
    await dialog.getByLabel('Last name').fill('Turing')
    await dialog.getByLabel('Email', { exact: true }).fill('no address')
    await dialog.getByRole('button', { name: /^Show \d+ more fields$/ }).click()
    expect([await dialog.getByLabel('Birthdate').getAttribute('type'), await dialog.getByLabel('Email opt-out').locator('option').allTextContents()]).toEqual(['date', ['', 'Yes', 'No']])
    await dialog.getByLabel('Birthdate').fill('1912-06-23')
    await dialog.getByLabel('Email opt-out').selectOption('Yes')
    await dialog.getByRole('button', { name: 'Create contact' }).click()
    await expect.poll(() => dialog.getByLabel('Email', { exact: true }).getAttribute('aria-invalid'), { timeout: minutes }).toBe('true')
    expect(await contacts()).toEqual([])
    await dialog.getByLabel('Email', { exact: true }).fill('alan@example.com')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: 'Turing' }).waitFor()
    expect(await contacts()).toEqual([{ last_name: 'Turing', email: 'alan@example.com', birthdate: '1912-06-23', email_opt_out: true, lead_source: null }])
    await page.context().close()
  }, 3 * minutes)

  it('tells of a change by somebody else, reads it again and keeps what was typed', async () => {
    const page = await app.page()
    await open(page)
    await page.getByRole('button', { name: 'Open 1' }).click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Department').fill('Bletchley')
    const [{ id } = { id: '' }] = await app.rows<{ id: string }>('SELECT id::text FROM org.contacts')
    await app.longshore.editRecord({ object: 'contacts', record: id, values: { title: 'Codebreaker' } })
    await page.getByRole('button', { name: 'Save' }).click()
    const again = page.getByRole('button', { name: 'Read it again, keep what I typed' })
    await again.waitFor()
    const [box, seen] = [await again.boundingBox(), page.viewportSize()]
    expect(box !== null && seen !== null && box.y >= 0 && box.y + box.height <= seen.height).toBe(true) // without scrolling back to it
    await again.click()
    await page.getByText('Changed meanwhile: Title.').waitFor()
    expect([await page.getByLabel('Title').inputValue(), await page.getByLabel('Department').inputValue()]).toEqual(['Codebreaker', 'Bletchley'])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Edit' }).waitFor()
    expect(await app.rows('SELECT title, department FROM org.contacts')).toEqual([{ title: 'Codebreaker', department: 'Bletchley' }])
    await page.context().close()
  }, 3 * minutes)

  it('edits a yes or no, a day and an option in the list by choosing them', async () => {
    const page = await app.page()
    await open(page, `/records/contacts?columns=${encodeURIComponent(JSON.stringify(['email_opt_out', 'birthdate', 'lead_source']))}`)
    const grid = page.getByRole('grid')
    await grid.getByText('Jun 23, 1912').waitFor()
    await page.getByRole('button', { name: 'New contact' }).waitFor() // what one may do is known
    await grid.focus()
    await page.keyboard.press('n') // "No" begins so
    await page.keyboard.press('Tab')
    await page.keyboard.press('F2')
    expect(await page.locator(':focus').getAttribute('type')).toBe('date')
    await page.locator(':focus').fill('1912-06-24')
    await page.keyboard.press('Tab')
    await page.keyboard.press('F2')
    await page.locator(':focus').selectOption('Web')
    await page.keyboard.press('Enter')
    await expect.poll(contacts, { timeout: minutes }).toEqual([{ last_name: 'Turing', email: 'alan@example.com', birthdate: '1912-06-24', email_opt_out: false, lead_source: 'Web' }])
    await page.context().close()
  }, 3 * minutes)

  it('finds those of which a field is empty, and those of which it is not', async () => {
    const page = await app.page()
    await open(page)
    for (const [how, says, found] of [['is empty', 'Phone is empty', '1 record'], ['is not empty', 'Phone is not empty', '0 records']] as const) {
      await page.getByRole('button', { name: 'Filter', exact: true }).click()
      await page.getByLabel('Field').selectOption({ label: 'Phone' })
      await page.getByLabel('How').selectOption({ label: how })
      expect(await page.getByLabel('Value').count()).toBe(0)
      await page.getByRole('button', { name: 'Show only these' }).click()
      await page.getByRole('button', { name: `Remove filter ${says}` }).waitFor()
      await page.getByText(found, { exact: true }).waitFor()
      await page.getByRole('button', { name: `Remove filter ${says}` }).click()
    }
    await page.context().close()
  }, 3 * minutes)

  it('finds a record from every page, by a name, an address, or a telephone as people write it', async () => {
    const page = await app.page()
    const [{ id } = { id: '' }] = await app.rows<{ id: string }>('SELECT id::text FROM org.contacts')
    await app.longshore.editRecord({ object: 'contacts', record: id, values: { phone: '+491711234568' } })
    await app.longshore.bulk.createRecord('accounts', { name: 'Turing Machines' }, null)
    await open(page, '/jobs')
    for (const search of ['turing', 'ALAN@example', '0171 / 1234568', '+49 (0)171 123-4568', '0049 171 1234568']) {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Commands' }).fill(search)
      const found = page.getByRole('option', { name: /^Turing.*Contact/ })
      await found.waitFor()
      expect(await page.getByRole('option', { name: /Account/ }).count()).toBe(search === 'turing' ? 1 : 0)
      await page.keyboard.press('Escape')
    }
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Commands' }).fill('alan@example.com')
    await page.getByRole('option', { name: /^Turing.*alan@example\.com/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Turing' }).waitFor()
    await page.context().close()
  }, 3 * minutes)

  it('changes, exports and bins the records that are chosen, by boxes and by keys, each as a job whose undo is at hand', async () => {
    const list = await app.longshore.uploads.take('people.csv', bytes(`Last Name,E-mail,Title\n${Array.from({ length: 130 }, (_, i) => `Many${i},many.${i}@example.com,Clerk`).join('\n')}\n`))
    const { job } = await app.longshore.begin({ file: { upload: list.id, name: 'people.csv' }, definition: { object: 'contacts' }, dryRun: false })
    await expect.poll(async () => (await app.longshore.findJob(job)).state, { timeout: minutes }).toBe('done')
    const titles = () => app.rows<{ title: string; n: number }>("SELECT title, count(*)::int AS n FROM org.contacts WHERE deleted_at IS NULL AND last_name LIKE 'Many%' GROUP BY 1 ORDER BY 1")
    const page = await app.page()
    await open(page, `/records/contacts?where=${encodeURIComponent(JSON.stringify(['last_name starts-with Many']))}`)
    const bar = page.getByRole('group', { name: 'Chosen records' })
    // by keys: three rows, then one of them again
    const grid = page.getByRole('grid')
    await page.getByRole('checkbox', { name: 'Choose 1', exact: true }).waitFor()
    await grid.focus()
    for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+Space', 'ArrowUp', 'x']) await page.keyboard.press(key)
    await bar.getByText('2 chosen', { exact: true }).waitFor()
    // a box, and with Shift all between
    await page.getByRole('checkbox', { name: 'Choose 1', exact: true }).uncheck()
    await page.getByRole('checkbox', { name: 'Choose 3', exact: true }).uncheck()
    await page.getByRole('checkbox', { name: 'Choose 2', exact: true }).check()
    await page.getByRole('checkbox', { name: 'Choose 6', exact: true }).click({ modifiers: ['Shift'] })
    await bar.getByText('5 chosen', { exact: true }).waitFor()
    const download = page.waitForEvent('download')
    await bar.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'CSV' }).click()
    expect((await download).suggestedFilename()).toBe('contacts.csv')
    await bar.getByRole('button', { name: 'Move to the bin' }).click()
    await page.getByText('5 deleted').waitFor()
    expect(await titles()).toEqual([{ title: 'Clerk', n: 125 }])
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: /^Undo/ }).click()
    await expect.poll(titles, { timeout: minutes }).toEqual([{ title: 'Clerk', n: 130 }])

    await open(page, `/records/contacts?where=${encodeURIComponent(JSON.stringify(['last_name starts-with Many']))}`)
    await page.getByRole('checkbox', { name: 'Choose all that are loaded' }).check()
    await bar.getByRole('button', { name: 'Choose all 130 that the list finds' }).click()
    await page.getByRole('checkbox', { name: 'Choose 1', exact: true }).uncheck()
    await bar.getByRole('button', { name: 'Change a field' }).click()
    const dialog = page.getByRole('dialog', { name: 'Change a field of 129 records' })
    await dialog.getByLabel('Field').selectOption({ label: 'Title' })
    await dialog.getByLabel('Title', { exact: true }).fill('Chef')
    // the job may have begun by the first look at it, or not yet
    let looks = 0
    await page.route(/\/v1\/jobs\/\d+$/, async (route) => {
      const response = await route.fetch()
      const job = await response.json() as Record<string, unknown>
      await route.fulfill({ response, json: ++looks === 1 ? { ...job, state: 'draft' } : job })
    })
    await dialog.getByRole('button', { name: 'Change all of them' }).click()
    await page.getByText('129 updated').waitFor()
    await page.getByRole('gridcell', { name: 'Chef' }).first().waitFor()
    expect(await titles()).toEqual([{ title: 'Chef', n: 129 }, { title: 'Clerk', n: 1 }])
    await page.context().close()
  }, 4 * minutes)

  it('offers whoever may only look at records neither boxes nor new ones, and says what a right is missing for', async () => {
    const join = async (role: string): Promise<void> => {
      const { secret } = await app.longshore.people.invite({ email: `${role}@example.com`, role })
      await app.longshore.door.accept({ secret, name: role, password }, 'test')
    }
    await join('admin') // the first one has to be
    const signedIn = async (role: string): Promise<Page> => {
      await join(role)
      const page = await app.page()
      await page.goto(`${app.url}/sign-in`)
      await page.getByLabel('E-mail').fill(`${role}@example.com`)
      await page.getByLabel('Password', { exact: false }).first().fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { name: 'Overview' }).waitFor()
      await open(page)
      await page.getByRole('grid').waitFor()
      return page
    }
    const eve = await signedIn('read-only')
    expect([await eve.getByRole('checkbox').count(), await eve.getByRole('button', { name: 'New contact' }).count()]).toEqual([0, 0])
    await app.longshore.people.putRole({ name: 'typist', label: 'Typist', rights: [], objects: { '*': ['read', 'write'] }, hiddenFields: {}, scope: 'all' })
    const typist = await signedIn('typist')
    await typist.getByRole('checkbox', { name: 'Choose 1', exact: true }).check()
    await typist.getByText('needs the right to import these records').waitFor()
    expect(await typist.getByRole('button', { name: 'Change a field' }).isDisabled()).toBe(true)
    for (const page of [eve, typist]) await page.context().close()
  }, 3 * minutes)
})
