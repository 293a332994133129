// What the web app weighs, and how long its pages take in a real browser beside the server that gives them. `npm run bench:web`
// Figures of a busy machine are those of a busy machine: run it alone, and read the load that it prints.
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { noBrowser } from '../scripts/browser/browser.ts'
import { openFilledApp } from '../scripts/browser/filled-app.ts'
import { webBudget, webSizes } from '../scripts/web-budget.ts'

const rounds = 5
const keys = 100
const load = loadavg()[0] ?? 0

/** Runs in the page before everything else; a text, as the page's own globals have no types here. */
const watchScript = `
  let cell = 0
  globalThis.presses = []
  new MutationObserver(() => { if (cell === 0 && document.querySelector('[role=gridcell]')?.textContent) cell = performance.now() }).observe(document, { childList: true, subtree: true, characterData: true })
  globalThis.watched = () => ({ paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN, cell })
  addEventListener('keydown', (event) => { requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => globalThis.presses.push(performance.now() - event.timeStamp); channel.port2.postMessage(0) }) }, true)
  globalThis.untilCell = (act, text) => new Promise((resolve) => {
    const began = performance.now()
    const look = () => { const found = text ? [...document.querySelectorAll('[role=rowheader]')].some((one) => one.textContent === text) : document.querySelector('[role=gridcell]')?.textContent; if (found) requestAnimationFrame(() => resolve(performance.now() - began)); else requestAnimationFrame(look) }
    act(); look()
  })
`

if (noBrowser) process.exit(1)
const app = await openFilledApp('bench-web')
try {
  const sizes = webSizes(fileURLToPath(new URL('../apps/web/dist', import.meta.url)))
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
  console.log(`scripts of the first page ${kilobytes(sizes.initialScripts)} (budget ${kilobytes(webBudget.initialScripts)}) · sheets ${kilobytes(sizes.initialSheets)} (${kilobytes(webBudget.initialSheets)}) · largest lazy script ${sizes.largestLazy.name} ${kilobytes(sizes.largestLazy.bytes)} (${kilobytes(webBudget.lazyScript)}), after gzip`)

  const page = await app.page()
  await page.addInitScript(watchScript)
  const open = async (path: string): Promise<Watched> => {
    await page.goto(app.url + path)
    await page.locator('[role=gridcell], h1').first().waitFor()
    if (path.startsWith('/records')) await page.getByRole('gridcell').first().waitFor()
    return page.evaluate<Watched>('globalThis.watched()')
  }
  await open('/records/contacts') // caches of the browser and the server
  const looks: Watched[] = []
  for (let round = 0; round < rounds; round++) looks.push(await open('/records/contacts'))
  console.log(`first paint ${ms(median(looks.map(({ paint }) => paint)))} (goal 600) · list with rows ${ms(median(looks.map(({ cell }) => cell)))} (goal 1,000), medians of ${rounds}`)

  console.log(`key press to paint, 95th of ${keys} (half of them), and processor time of the page for each: list of records ${await keyToPaint(page)}, rows of an import ${await inCheck(page)} (goal 50 ms)`)
  console.log(`a million rows: first ones ${await millionRows(page)}`)
  console.log(`load of the machine ${load.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`)
} finally { await app.close() }

interface Watched { paint: number; cell: number }

async function inCheck(page: Page): Promise<string> {
  await page.goto(`${app.url}/imports/${app.jobs.planned}/check`)
  await page.getByRole('gridcell').first().waitFor()
  return keyToPaint(page)
}

/** The active cell moves: from the event to the frame that shows it, and what the page's own thread worked for it. The first waits for whatever else the machine does; the second does not. */
async function keyToPaint(page: Page): Promise<string> {
  await page.getByRole('grid').focus()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const worked = async (): Promise<number> => (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  await page.evaluate('globalThis.presses.length = 0')
  const before = await worked()
  for (let i = 0; i < keys; i++) await page.keyboard.press(['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft'][i % 4] ?? 'ArrowDown')
  await page.waitForTimeout(200)
  const workedMs = (await worked() - before) * 1000 / keys
  const times = await page.evaluate<number[]>('globalThis.presses')
  return `${ms(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN)} (${ms(median(times))}), ${workedMs.toFixed(1)} ms`
}

/** The sheet of the page of parts: its rows are made in the browser, so this is the sheet alone. */
async function millionRows(page: Page): Promise<string> {
  await page.goto(`${app.url}/_kit`)
  await page.getByRole('tab', { name: 'A million rows' }).waitFor()
  const first = await page.evaluate<number>('globalThis.untilCell(() => [...document.querySelectorAll("[role=tab]")].find((tab) => tab.textContent === "A million rows").click())')
  await page.getByRole('grid').focus()
  const last = await page.evaluate<number>('globalThis.untilCell(() => document.querySelector("[role=grid]").dispatchEvent(new KeyboardEvent("keydown", { key: "End", ctrlKey: true, bubbles: true, cancelable: true })), "1,000,000")')
  return `${ms(first)} · jump to the last ${ms(last)} (goal 500 each), rows made in the browser`
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en-US')} ms`
}
