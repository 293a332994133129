// What the web app weighs, and how long its pages take in a real browser beside the server that gives them. `npm run bench:web`
// Figures of a busy machine are those of a busy machine: run it alone, and read the load that it prints.
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { noBrowser } from '../scripts/browser/browser.ts'
import { openFilledApp } from '../scripts/browser/filled-app.ts'
import { webBudget, webSizes } from '../scripts/web-budget.ts'
import { median, milliseconds, p95 } from './report.ts'
import { watchScript } from './web-watch.ts'
import { measureWizard } from './web-wizard.ts'

const rounds = 5
const keys = 100
/** A key that is held comes so often. Faster ones wait for each other: a browser handles keys that have come before it makes a frame. */
const heldEveryMs = 33
const load = loadavg()[0] ?? 0

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
  console.log(`first paint ${milliseconds(median(looks.map(({ paint }) => paint)))} (goal 600) · list with rows ${milliseconds(median(looks.map(({ cell }) => cell)))} (goal 1,000), medians of ${rounds}`)

  console.log(`a key every ${heldEveryMs} ms until it is painted, 95th of ${keys} (half of them), by the browser's own account until it is on the screen, and processor time of the page for each (goal 50 ms):`)
  await keysOfSheet(page, 'list of records')
  await page.goto(`${app.url}/imports/${app.jobs.planned}/check`)
  await page.getByRole('gridcell').first().waitFor()
  await keysOfSheet(page, 'rows of an import')
  console.log(`a million rows: first ones ${await millionRows(page)}`)
  await measureWizard(app, page)
  console.log(`load of the machine ${load.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`)
} finally { await app.close() }

interface Watched { paint: number; cell: number }

async function keysOfSheet(page: Page, called: string): Promise<void> {
  console.log(`  ${called}: round in a square ${await keyToPaint(page, ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft'])} · down, which scrolls ${await keyToPaint(page, ['ArrowDown'])}`)
}

/**
 * The active cell moves: from the event to the frame that shows it, and what the page's own thread worked for it. The first waits for whatever
 * else the machine does; the second does not. The browser's own account knows steps of 8 ms and leaves out what took less than 16.
 */
async function keyToPaint(page: Page, pressed: readonly string[]): Promise<string> {
  await page.getByRole('grid').focus()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const worked = async (): Promise<number> => (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  await page.evaluate('globalThis.presses.length = globalThis.seen.length = 0')
  const before = await worked()
  for (let i = 0; i < keys; i++) {
    const began = performance.now()
    await page.keyboard.press(pressed[i % pressed.length] ?? 'ArrowDown')
    await page.waitForTimeout(Math.max(0, heldEveryMs - (performance.now() - began)))
  }
  await page.waitForTimeout(200)
  const workedMs = (await worked() - before) * 1000 / keys
  const times = await page.evaluate<number[]>('globalThis.presses')
  const seen = await page.evaluate<number[]>('globalThis.seen')
  if (times.length !== keys) throw new Error(`Of ${keys} keys ${times.length} were painted.`)
  return `${milliseconds(p95(times))} (${milliseconds(median(times))}), ${milliseconds(p95([...seen, ...Array.from({ length: Math.max(0, keys - seen.length) }, () => 0)]))}, ${workedMs.toFixed(1)} ms`
}

/** The sheet of the page of parts: its rows are made in the browser, so this is the sheet alone. */
async function millionRows(page: Page): Promise<string> {
  await page.goto(`${app.url}/_kit`)
  await page.getByRole('tab', { name: 'A million rows' }).waitFor()
  const first = await page.evaluate<number>('globalThis.untilCell(() => [...document.querySelectorAll("[role=tab]")].find((tab) => tab.textContent === "A million rows").click())')
  await page.getByRole('grid').focus()
  const last = await page.evaluate<number>('globalThis.untilCell(() => document.querySelector("[role=grid]").dispatchEvent(new KeyboardEvent("keydown", { key: "End", ctrlKey: true, bubbles: true, cancelable: true })), "1,000,000")')
  return `${milliseconds(first)} · jump to the last ${milliseconds(last)} (goal 500 each), rows made in the browser`
}
