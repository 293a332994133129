// How long the steps of the wizard take to show what was asked of them, in the browser beside the server that answers; part of `npm run bench:web`.
import type { Page } from 'playwright-core'
import { bytes } from '../scripts/browser/browser.ts'
import type { FilledApp } from '../scripts/browser/filled-app.ts'
import { median, milliseconds } from './report.ts'

const rounds = 5
const largeFileBytes = 50_000_000
const checkedRows = 10_000
const manyFields = 200

/** Runs in the page: acts, and resolves with the milliseconds until a frame is made in which the condition holds. Texts, as the page's globals have no types here. */
const timedIn = (page: Page, act: string, until: string): Promise<number> => page.evaluate<number>(`new Promise((resolve, reject) => {
  const began = performance.now()
  const look = () => { if (performance.now() - began > 30_000) { reject(new Error(${JSON.stringify(`Never so: ${until}`)})); return } if (${until}) { const channel = new MessageChannel(); channel.port1.onmessage = () => resolve(performance.now() - began); channel.port2.postMessage(0) } else requestAnimationFrame(look) }
  ${act}; requestAnimationFrame(look)
})`)

export async function measureWizard(app: FilledApp, page: Page): Promise<void> {
  const line = 'Ada,Winter,ada.winter@example.com,+1 415 555 0132,Referral,31.12.1980,Acme,calm\r\n'
  const head = 'First Name,Last Name,E-mail,Phone,Lead Source,Birthdate,Company,Mood\r\n'
  const large = await app.longshore.uploads.take('large.csv', repeated(head, line.repeat(10_000), Math.ceil(largeFileBytes / (line.length * 10_000))))
  const reading = await app.longshore.drafts.create({ file: { upload: large.id, name: 'large.csv' }, definition: { object: 'contacts' } })
  await page.goto(`${app.url}/imports/${reading.job}/upload`)
  await page.getByRole('region', { name: 'First rows' }).waitFor()
  const changes: number[] = []
  for (const encoding of ['windows-1252', 'iso-8859-15', 'windows-1250', 'windows-1251', 'windows-1254', 'macintosh']) { // each anew: a way of reading that was looked at is kept
    const answered = page.waitForResponse((response) => response.url().endsWith('/draft/reading'))
    const began = performance.now()
    await page.getByLabel('Characters', { exact: true }).selectOption(encoding)
    await answered
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
    changes.push(performance.now() - began)
  }
  console.log(`a changed way of reading a file of 50 MB until its rows show: ${milliseconds(median(changes))}, at most ${milliseconds(Math.max(...changes))} (goal 300 ms; ${changes.length} changes)`)

  await app.longshore.changeSchema({ objects: [{ name: 'contacts', fields: Array.from({ length: manyFields }, (_, i) => ({ name: `extra_${i}`, label: `Extra field ${i}`, kind: 'text' })) }] })
  await page.goto(`${app.url}/imports/${app.jobs.draft}/map`)
  const box = page.getByRole('combobox', { name: 'Field for Mood' })
  await box.waitFor()
  const opened: number[] = [], typed: number[][] = [[], [], []]
  for (let round = 0; round < rounds; round++) {
    opened.push(await timedIn(page, `const box = document.querySelector('input[aria-label="Field for Mood"]'); box.focus(); box.click()`, `document.querySelectorAll('[role=option]').length > ${manyFields}`))
    for (const [at, key] of ['e', 'x', 't'].entries()) {
      await page.waitForTimeout(100)
      await page.evaluate('globalThis.presses.length = 0')
      await page.keyboard.press(key)
      await page.waitForTimeout(150)
      typed[at]?.push((await page.evaluate<number[]>('globalThis.presses'))[0] ?? Number.NaN)
    }
    await page.keyboard.press('Escape')
    await page.evaluate('document.activeElement.blur()')
    await page.waitForTimeout(300)
  }
  console.log(`a list of ${manyFields} fields and more: opened ${milliseconds(median(opened))} · first key ${milliseconds(median(typed[0] ?? []))} · second ${milliseconds(median(typed[1] ?? []))} · third ${milliseconds(median(typed[2] ?? []))} (goal 50 ms a key)`)

  const wrong = 'First Name,Last Name,E-mail,Lead Source\r\n' + Array.from({ length: checkedRows }, (_, i) => `Person ${i},Sample,person.${i}@example.com,Trade Shwo\r\n`).join('')
  const upload = await app.longshore.uploads.take('wrong.csv', bytes(wrong))
  const first: number[] = []
  for (let round = 0; round < 3; round++) {
    const { job } = await app.longshore.drafts.create({ file: { upload: upload.id, name: 'wrong.csv' }, definition: { object: 'contacts', match: [['email']] } })
    await page.goto(`${app.url}/imports/${job}/map`)
    await page.getByRole('button', { name: 'Decide about duplicates' }).click()
    await page.getByRole('button', { name: 'Check all rows' }).waitFor()
    await page.waitForTimeout(1_000)
    first.push(await timedIn(page, `[...document.querySelectorAll('button')].find((one) => one.textContent.startsWith('Check all rows')).click()`, `/\\d[\\d,]* (rows|of [\\d,]+ rows)/.test(document.querySelector('[role=progressbar]')?.parentElement?.textContent ?? '') || document.querySelector('[role=gridcell]')?.textContent`))
    await page.getByRole('gridcell').first().waitFor()
  }
  console.log(`first figures of a check of ${checkedRows.toLocaleString('en-US')} rows: ${first.map(milliseconds).join(' · ')} (goal 1,000 ms)`)
}

async function* repeated(head: string, block: string, times: number): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(head))
  const bytesOfBlock = Buffer.from(block)
  for (let i = 0; i < times; i++) yield bytesOfBlock
}
