// Shoots pages of the real app, filled with invented data: to be looked at, and for the README.
//   npm run screenshots                                               docs/images, as the README shows them
//   node scripts/screenshots.ts --out FOLDER --states                 every page loading, failing and empty, too
//   node scripts/screenshots.ts --out FOLDER [--only record,import]   every page, light and dark, 1280, 390 and 320 px wide; says which are too wide
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { openFilledApp, pagesOf } from './browser/filled-app.ts'

const { values } = parseArgs({ options: { out: { type: 'string' }, only: { type: 'string', default: '' }, readme: { type: 'boolean', default: false }, states: { type: 'boolean', default: false } } })
if (values.out === undefined && !values.readme) throw new Error('Say where the pictures go: --out FOLDER, or --readme')
const out = values.out ?? fileURLToPath(new URL('../docs/images', import.meta.url))
mkdirSync(out, { recursive: true })
/** What the README shows, at the size at which it is read. */
const readmePages = ['import-map', 'import-check', 'import-run', 'job-summary']
const looks = values.readme ? [{ width: 1080, height: 640, scheme: 'light' }] as const : [{ width: 1280, height: 800, scheme: 'light' }, { width: 1280, height: 800, scheme: 'dark' }, { width: 390, height: 780, scheme: 'light' }, { width: 320, height: 640, scheme: 'light' }] as const

const app = await openFilledApp('screens')
try {
  const names = values.only.split(',').filter(Boolean)
  const wanted = Object.entries(pagesOf(app)).filter(([name]) => values.readme ? readmePages.includes(name) : names.length === 0 || names.some((one) => name.startsWith(one)))
  const states = values.states ? ['', 'loading', 'error', 'empty'] : ['']
  for (const [{ width, height, scheme }, state] of looks.flatMap((look) => states.map((state) => [look, state] as const))) {
    const page = await app.page({ viewport: { width, height }, colorScheme: scheme })
    if (state !== '') await page.addInitScript(`sessionStorage.setItem('longshore.state', '${state}')`)
    for (const [name, path] of wanted) {
      await page.goto(app.url + path)
      await settled(page, state === 'loading')
      const beyond = await page.evaluate<number>('Math.max(document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll("main")].map((main) => main.scrollWidth - main.clientWidth))')
      if (beyond > 0) console.log(`${name} is ${beyond} px too wide at ${width} px`)
      await page.screenshot({ path: join(out, values.readme ? `${name}.png` : `${name}-${width}-${scheme}${state === '' ? '' : `-${state}`}.png`) })
    }
    await page.context().close()
  }
  for (const trouble of new Set(app.troubles)) console.log(trouble)
} finally { await app.close() }

/** Nothing is waited for any more. */
async function settled(page: Page, loading: boolean): Promise<void> {
  if (!loading) await page.locator('h1').first().waitFor()
  await page.waitForTimeout(400)
  if (loading) return
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
  await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' })
  await page.waitForTimeout(200)
}
