// Builds apps/web where what is built is not what the sources say; run by hand, before `npm start` and by `npm run check`.
// With --force always. Writes each text asset compressed beside itself: the server sends that.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const app = join(root, 'apps/web')
const dist = join(app, 'dist')
const stamp = join(dist, '.built')
/** Vite needs a newer Node than the system may have. */
const node24 = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Held by whoever builds: two test files that begin at once build one after the other, and the second finds it done. */
const lock = join(app, '.building')
const longestBuildMs = 180_000

/** Builds when it is due. Gives null, or what went wrong. */
export function buildWeb(options = {}) {
  holdLock()
  try { return buildHere(options) } finally { rmSync(lock, { recursive: true, force: true }) }
}

function holdLock() {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  for (;;) {
    try { mkdirSync(lock); return } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const made = statSync(lock, { throwIfNoEntry: false })
      if (made && Date.now() - made.mtimeMs > longestBuildMs) rmSync(lock, { recursive: true, force: true }) // whoever held it was killed
      else Atomics.wait(sleeper, 0, 0, 200)
    }
  }
}

function buildHere({ force = false, quiet = false } = {}) {
  const now = digestOfSources()
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return null
  if (!quiet) console.error('Building the web app …')
  rmSync(stamp, { force: true })
  const built = spawnSync(node24, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: app, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } })
  if (built.status !== 0) return `The web app could not be built:\n${built.stdout}${built.stderr}`
  for (const file of filesIn(join(dist, 'assets')).filter((path) => /\.(js|css|svg)$/.test(path))) {
    const bytes = readFileSync(file)
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
  }
  writeFileSync(stamp, now)
  return null
}

/** Of everything that the build is made of; packages count by the lockfile, our own by their sources. */
function digestOfSources() {
  const hash = createHash('sha256')
  const files = [join(root, 'package-lock.json'), ...['index.html', 'vite.config.ts', 'package.json'].map((name) => join(app, name)), ...filesIn(join(app, 'src')), ...filesIn(join(app, 'public'))]
  for (const file of files.filter((path) => !/\.test\.tsx?$/.test(path)).sort()) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problem = buildWeb({ force: process.argv.includes('--force') })
  if (problem) { console.error(problem); process.exitCode = 1 }
}
