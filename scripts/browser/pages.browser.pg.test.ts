import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noBrowser } from './browser.ts'
import { openFilledApp, pagesOf } from './filled-app.ts'
import type { FilledApp } from './filled-app.ts'
import { smallTargets } from './small-targets.ts'

const minutes = 60_000
/** A busy machine takes its time. */
const soon = { timeout: minutes }
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const password = 'four words not together'
/** `npm run test:pages` goes through all pages, three seconds each; `npm test` through every 14th, and others in one of the states. */
const everyNth = process.env['LONGSHORE_PAGES'] === 'all' ? 1 : 14

describe.skipIf(noBrowser)('the web app', () => {
  let app: FilledApp
  beforeAll(async () => { app = await openFilledApp('pages') }, 3 * minutes)
  afterAll(() => app.close())

  const settled = async (page: Page): Promise<void> => {
    await page.locator('h1').first().waitFor()
    await page.waitForTimeout(100)
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
    await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' })
  }
  const violations = async (page: Page, around: boolean, only?: string[]): Promise<string[]> => {
    // what stands around every page is looked at once
    const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'], preload: false })
    const axe = around || await page.locator('main').count() === 0 ? builder : builder.include('main')
    return (await (only ? axe.withRules(only) : axe.withTags(tags)).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`)
  }

  it('has no barrier that axe knows on any page, in light and dark, nothing that scrolls sideways at 320 px, and nothing to press that is smaller than 24 px beside something else', async () => {
    const page = await app.page({ colorScheme: 'light' })
    const found: string[] = []
    for (const [name, path] of Object.entries(pagesOf(app)).filter((_, i) => i % everyNth === 0)) {
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(app.url + path)
      await settled(page)
      found.push(...(await violations(page, name === 'overview')).map((one) => `${name}: ${one}`))
      await page.emulateMedia({ colorScheme: 'dark' })
      found.push(...(await violations(page, name === 'overview', ['color-contrast'])).map((one) => `${name}, dark: ${one}`))
      const sizes = [{ width: 1280, height: 800 }, { width: 390, height: 780 }, { width: 320, height: 640 }]
      for (const size of sizes) {
        await page.setViewportSize(size)
        await page.waitForTimeout(50) // the sheet measures itself
        found.push(...(await smallTargets(page)).map((one) => `${name}, ${size.width} px: ${one}`))
      }
      const beyond = await page.evaluate<string>('(() => { const main = document.querySelector("main"); const most = Math.max(document.documentElement.scrollWidth - innerWidth, main ? main.scrollWidth - main.clientWidth : 0); return most > 0 ? most + " px by " + [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 && !one.closest("[role=grid], [tabindex=\'0\']")).map((one) => one.tagName + "." + one.className).slice(-3).join(" ") : "" })()')
      if (beyond !== '') found.push(`${name}, 320 px: ${beyond}`)
    }
    expect(found).toEqual([])
    await page.context().close()
  }, 10 * minutes)

  it('shows people, roles, the audit log and templates of a narrow screen without a bar to the side', async () => {
    const page = await app.page({ viewport: { width: 390, height: 780 } })
    const { 'settings-people': people, 'settings-roles': roles, 'settings-audit': audit, 'settings-templates': templates, 'import-check': check } = pagesOf(app)
    const found: string[] = []
    for (const path of [people, roles, audit, templates, check]) {
      await page.goto(app.url + (path ?? ''))
      await settled(page)
      found.push(...await page.evaluate<string[]>('[...document.querySelectorAll("main *")].filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1).map((one) => location.pathname + " " + one.className)'))
    }
    expect(found).toEqual([])
    // the log speaks of what people know
    await page.goto(app.url + (audit ?? ''))
    await page.getByText('Record edited').waitFor()
    expect(await page.getByText(/record\.edit|job\.import|schema\.change/).count()).toBe(0)
    await page.context().close()
  }, 2 * minutes)

  it('takes a country by its name, and says of a setting that is off at its field, in view', async () => {
    const page = await app.page({ viewport: { width: 1280, height: 500 } })
    await page.goto(`${app.url}/settings/organization`)
    const [country, zone, save] = [page.getByLabel('Country'), page.getByLabel('Time zone'), page.getByRole('button', { name: 'Save the settings' })]
    await country.fill('Germany')
    await zone.fill('Berlin')
    await save.click()
    await page.getByText('a time zone is named as in').waitFor()
    expect(await page.evaluate('(() => { const one = document.activeElement; const { top, bottom } = one.getBoundingClientRect(); return [one.name, top >= 0 && bottom <= innerHeight, one.getAttribute("aria-invalid")] })()')).toEqual(['timeZone', true, 'true'])
    await zone.fill('Europe/Berlin')
    await save.click()
    await expect.poll(() => country.inputValue(), soon).toBe('DE')
    expect(await page.getByText('a time zone is named as in').count()).toBe(0)
    await page.context().close()
  }, 2 * minutes)

  it('says on every page that it waits, that something failed, or that there is nothing, and breaks in none of these', async () => {
    app.troubles.length = 0
    const found: string[] = []
    for (const [turn, state] of ['loading', 'error', 'empty'].entries()) {
      const page = await app.page()
      await page.addInitScript(`sessionStorage.setItem('longshore.state', '${state}')`)
      for (const [name, path] of Object.entries(pagesOf(app)).filter(([name], i) => i % everyNth === (1 + 3 * turn) % everyNth && !withoutStates.has(name))) {
        await page.goto(app.url + path)
        const told = state === 'loading' ? page.getByRole('status', { name: 'Loading' }) : state === 'error' ? page.getByRole('alert') : page.locator('h1')
        await told.first().waitFor({ timeout: 20_000 }).catch(() => found.push(`${name}, ${state}: nothing is said`))
        if (state !== 'loading' && everyNth === 1) found.push(...(await violations(page, false)).map((one) => `${name}, ${state}: ${one}`))
      }
      await page.context().close()
    }
    expect(found).toEqual([])
    expect(app.troubles.filter((trouble) => !/status of (401|403|404)/.test(trouble))).toEqual([])
  }, 10 * minutes)

  it('shows 100 hostile values in every screen of an import and of records, and runs none of them', async () => {
    app.troubles.length = 0 // of the pages before
    const page = await app.page()
    await page.addInitScript('globalThis.hit = 0; globalThis.alert = () => { globalThis.hit++ }')
    const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
    const list = ['Last Name,Description,E-mail', ...hostileValues.map((value, i) => [quoted(value), quoted(value), `hostile.${i}@example.com`].join(','))].join('\n')
    await page.goto(`${app.url}/imports/new`)
    await page.locator('input[type=file]').setInputFiles({ name: `${hostileValues[0] ?? ''}.csv`, mimeType: 'text/csv', buffer: Buffer.from(list) })
    await page.getByRole('button', { name: 'Map 3 columns' }).click()
    await page.getByRole('button', { name: 'Decide about duplicates' }).click()
    await page.getByRole('button', { name: 'Check all rows' }).click()
    await page.getByRole('grid').waitFor()
    await page.getByRole('grid').focus()
    for (const key of ['Control+End', 'Control+Home', 'F2', 'Escape']) await page.keyboard.press(key)
    await page.getByRole('button', { name: /^Go on with/ }).click()
    await page.getByRole('button', { name: /^Import \d+ rows$/ }).click()
    await page.getByRole('heading', { name: 'Import is done' }).waitFor()
    const job = /imports\/(\d+)/.exec(page.url())?.[1] ?? ''
    const records = await app.rows<{ id: string; last_name: string; description: string }>(`SELECT id::text, last_name, description FROM org.contacts WHERE email LIKE 'hostile.%' ORDER BY id`)
    // what was sent is what is kept, blanks around it aside
    const sent = new Set(hostileValues.map((value) => value.trim()))
    expect(records.filter(({ last_name: name }) => !sent.has(name))).toEqual([])
    expect(records.length).toBeGreaterThan(80) // the others fail: text that no field takes
    for (const path of [`/jobs/${job}?tab=rows`, `/jobs/${job}?tab=columns`, '/jobs', '/jobs/health', `/records/contacts?where=${encodeURIComponent(JSON.stringify(['email contains hostile.']))}&columns=${encodeURIComponent(JSON.stringify(['last_name', 'description']))}`, `/records/contacts/${records[0]?.id ?? ''}`]) {
      await page.goto(app.url + path)
      await settled(page)
    }
    expect(await page.evaluate('globalThis.hit')).toBe(0)
    expect(app.troubles.filter((trouble) => !trouble.includes('404'))).toEqual([])
    await page.context().close()
  }, 5 * minutes)

  it('keeps what was chosen through a reload, another browser and a server that ends', async () => {
    const page = await app.page()
    const { draft } = app.jobs
    await page.goto(`${app.url}/imports/${draft}/match`)
    await page.getByText('Add it all the same', { exact: true }).click()
    await page.reload() // at once: what is not saved yet goes out before the page does
    await expect.poll(() => page.getByRole('radio', { name: /^Add it all the same/ }).isChecked(), soon).toBe(true)
    // chosen while nobody answers: it stays, says so, and is saved when somebody does
    await app.restart(async () => {
      await page.getByText('Skip it', { exact: true }).click()
      await page.getByText('Your last choice is not saved yet').waitFor()
    })
    // by itself, once somebody answers
    await page.getByText('Saved', { exact: true }).waitFor()
    const other = await app.page()
    await other.goto(`${app.url}/imports/${draft}/match`)
    await expect.poll(() => other.getByRole('radio', { name: /^Skip it/ }).isChecked(), soon).toBe(true)
    await other.context().close()
    await page.context().close()
  }, 3 * minutes)

  it('brings together what two people choose in one draft, asks where both chose the same, and shows each what they may', async () => {
    const signedIn = async (email: string, role: string): Promise<Page> => {
      const { secret } = await app.longshore.people.invite({ email, role })
      await app.longshore.door.accept({ secret, name: email.split('@')[0] ?? email, password }, 'test')
      const page = await app.page()
      await page.goto(`${app.url}/sign-in`)
      await page.getByLabel('E-mail').fill(email)
      await page.getByLabel('Password', { exact: false }).first().fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { name: 'Overview' }).waitFor()
      return page
    }
    const ann = await signedIn('ann@example.com', 'admin')
    const bob = await signedIn('bob@example.com', 'manager')
    for (const page of [ann, bob]) { await page.goto(`${app.url}/imports/${app.jobs.draft}/match`); await page.getByRole('radio', { name: /^Skip it/ }).waitFor() }
    const state = async () => (await app.longshore.drafts.read(app.jobs.draft)).definition
    // what Bob does not hear of in time
    await bob.route('**/v1/events', (route) => route.abort())
    await bob.reload()
    await bob.getByRole('radio', { name: /^Skip it/ }).waitFor()
    await ann.getByText('Add it and put the pair into the review queue', { exact: true }).click()
    await expect.poll(async () => (await state()).onDuplicate, soon).toBe('flag')
    await bob.getByText('Add it all the same', { exact: true }).click()
    await bob.getByText('ann@example.com changed the same thing at the same time').waitFor()
    expect((await state()).onDuplicate).toBe('flag')
    await bob.getByRole('button', { name: 'Keep mine' }).click()
    await expect.poll(async () => (await state()).onDuplicate, soon).toBe('create')
    // Ann hears of it by herself
    await expect.poll(() => ann.getByRole('radio', { name: /^Add it all the same/ }).isChecked(), soon).toBe(true)

    const eve = await signedIn('eve@example.com', 'read-only')
    await eve.goto(`${app.url}/records/contacts`)
    await eve.getByRole('grid').waitFor()
    expect(await eve.getByRole('main').getByRole('link', { name: 'Import contacts' }).count()).toBe(0)
    await eve.goto(`${app.url}/records/nothings`)
    await eve.getByText('There are no records called “nothings” that you may see').waitFor()
    await eve.goto(`${app.url}/settings/objects`)
    await eve.getByText('This section needs a right').waitFor()
    expect(await eve.evaluate<number>(`fetch('/v1/objects/contacts/records/${app.contact}', { method: 'DELETE' }).then((answer) => answer.status)`)).toBe(403)
    for (const page of [ann, bob, eve]) await page.context().close()
  }, 5 * minutes)
})

/** Pages that ask for nothing, so nothing of theirs can be on its way or fail. */
const withoutStates = new Set(['import-new', 'sign-in', 'password-reset', 'invitation', 'not-found', 'kit', 'settings-account', 'settings-objects', 'settings-fields', 'settings-templates', 'settings-keys'])

/** A hundred values that would do something where a page took them for more than text. */
const hostileValues = [
  '<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '"><svg onload=alert(1)>', "';alert(1);//", 'javascript:alert(1)', '{{constructor.constructor("alert(1)")()}}', '${alert(1)}', '<iframe srcdoc="<script>parent.alert(1)</script>">', '=HYPERLINK("https://example.com","x")', '=cmd|\' /C calc\'!A0',
  '__proto__', 'constructor', 'toString', '../../etc/passwd', '%00', '%3Cscript%3E', '&lt;script&gt;', '\u202Egnp.exe', '\u0000x', 'a\tb',
  ...['body', 'svg', 'math', 'details open', 'video', 'audio', 'input autofocus', 'marquee', 'object', 'embed'].map((tag) => `<${tag} onload=alert(1) onfocus=alert(1) ontoggle=alert(1) onstart=alert(1) onerror=alert(1)>`),
  ...['href', 'src', 'action', 'formaction', 'data', 'xlink:href', 'background', 'poster', 'srcset', 'style'].map((name) => `<a ${name}="javascript:alert(1)">x</a>`),
  ...['+', '-', '@', '=', '\t=', '|', '%', '\uFF1D', '\uFF0B', '\uFF20'].map((start) => `${start}1+alert(1)`),
  ...['null', 'undefined', 'NaN', 'true', '[object Object]', '{}', '[]', '()=>1', '/*x*/', '<!--x-->'].map((text) => `${text} hostile`),
  ...Array.from({ length: 30 }, (_, i) => `<b id=x${i} onmouseover="alert(${i})">${'\u0301'.repeat(i)}${'W'.repeat(i * 7)}</b>`),
]
