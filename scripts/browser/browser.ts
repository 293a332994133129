import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openLongshore } from '@longshore/server'
import { startServer } from '@longshore/server/start'
import type { Longshore } from '@longshore/server'
import { openTestDatabase } from '@longshore/store/testing'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { buildWeb } from '../build-web.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** A browser of this computer, or null: CHROME_PATH, else what stands in PATH. */
export function findBrowser(): string | null {
  const given = process.env['CHROME_PATH']
  if (given !== undefined) return existsSync(given) ? given : null
  return (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path)) ?? null
}

const found = findBrowser()
if (found === null) console.warn('Tests in a browser are skipped: no Chromium or Chrome was found. Install one (on Debian: apt-get install chromium), or name it by CHROME_PATH.')
/** For `describe.skipIf`. */
export const noBrowser = found === null

/** The real app on a database of its own, in a real browser. */
export interface OpenedApp {
  longshore: Longshore
  url: string
  rows<Row>(sql: string): Promise<Row[]>
  page(options?: BrowserContextOptions): Promise<Page>
  /** The server ends, and begins again at the same address; meanwhile nobody answers. */
  restart(meanwhile?: () => Promise<void>): Promise<void>
  /** What went wrong in pages: errors of scripts, messages of the console, dialogs, requests to other hosts. */
  troubles: string[]
  close(): Promise<void>
}

export async function openApp(name: string): Promise<OpenedApp> {
  const problem = buildWeb({ quiet: true })
  if (problem !== null) throw new Error(problem)
  const db = await openTestDatabase(name, { prepared: true })
  const folder = mkdtempSync(join(tmpdir(), `longshore-${name}-`))
  const longshore = await openLongshore({ dataDirectory: join(folder, 'data'), databaseUrl: db.databaseUrl })
  let server = await startServer({ longshore, port: 0 })
  const url = server.url.replace(/\/$/, '')
  const browser: Browser = await chromium.launch({ executablePath: found ?? '', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
  const troubles: string[] = []
  const refused: string[] = []
  return {
    longshore, url, troubles,
    rows: async <Row>(sql: string) => (await db.transaction(null, (tx) => tx.query<Row>(sql.replaceAll(/\borg\./g, 'org_1.')))).rows,
    async page(options = {}) {
      const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, locale: 'en-US', ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
      page.on('console', (message) => { if (message.type() === 'error') troubles.push(`console: ${message.text()}${/status of \d/.test(message.text()) ? ` (${refused.shift() ?? ''})` : ''}`) })
      page.on('response', (response) => { if (response.status() >= 400) refused.push(`${response.status()} ${response.request().method()} ${response.url()}`) })
      page.on('dialog', (dialog) => { troubles.push(`dialog: ${dialog.message()}`); void dialog.dismiss() })
      page.on('request', (request) => { if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) troubles.push(`request: ${request.url()}`) })
      return page
    },
    async restart(meanwhile = () => Promise.resolve()) {
      await server.close()
      await meanwhile()
      server = await startServer({ longshore, port: Number(new URL(url).port) })
    },
    async close() {
      await browser.close()
      await server.close()
      await longshore.close()
      await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A fixture of the repository. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
}

/** A file that is sent. */
export async function* bytes(text: string): AsyncGenerator<Uint8Array> { yield await Promise.resolve(Buffer.from(text)) }
