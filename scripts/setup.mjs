// Makes node_modules match package-lock.json. Plain JavaScript without dependencies: the system's older Node runs it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const node24 = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
const lock = join(root, '.setup-lock')
const packages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages
/** Why an installation is due, or null. */
function stale() {
  let want, have
  try { want = packages('package-lock.json'); have = packages('node_modules/.package-lock.json') } catch { return 'no complete installation yet' }
  if (!existsSync(node24)) return 'Node 24 is missing'
  for (const [path, entry] of Object.entries(want)) {
    if (!path.startsWith('node_modules/')) continue
    const is = have[path]
    if (!is && (entry.optional || entry.devOptional || entry.peer)) continue // other platforms' binaries
    if (!is || is.version !== entry.version || is.integrity !== entry.integrity) return `${path.slice(13)} changed`
  }
  return null
}
/** Only one process installs; the others wait, and take over from one that died. */
async function locked(work) {
  for (;;) {
    try { writeFileSync(lock, String(process.pid), { flag: 'wx' }); break } catch (error) {
      if (error.code !== 'EEXIST') throw error
      try { process.kill(Number(readFileSync(lock, 'utf8')), 0) } catch (gone) { if (gone.code === 'ESRCH') rmSync(lock, { force: true }) }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    }
  }
  try { return await work() } finally { rmSync(lock, { force: true }) }
}
async function install(why) {
  console.error(`Installing dependencies (${why}) …`)
  const env = { ...process.env }
  for (const key of Object.keys(env)) if (key === 'NODE_ENV' || /^npm_config_(workspaces?|include_workspace_root|omit|only|production|dry_run|global|prefix|json)$/i.test(key)) delete env[key]
  const args = ['ci', '--include=dev', '--include=optional', '--engine-strict=false', '--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath // set by npm: the same npm again, without a shell
  const child = npm && basename(npm) === 'npm-cli.js'
    ? spawn(process.execPath, [npm, ...args], { cwd: root, env, stdio: 'inherit' })
    : spawn('npm', args, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' })
  writeFileSync(lock, String(child.pid)) // should this process die, npm still holds the lock
  const [code] = await once(child, 'exit')
  if (code !== 0) return 'npm ci failed: see its message above.'
  if (!existsSync(node24)) return 'npm did not run the install script of the package "node"; "allowScripts" in package.json must name it without a version.'
  return null
}
if (stale()) {
  const problem = await locked(() => { const why = stale(); return why ? install(why) : null })
  if (problem) { console.error(problem); process.exitCode = 1 }
}
