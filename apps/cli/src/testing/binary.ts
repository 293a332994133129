import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The command as people start it. */
export const binary = fileURLToPath(new URL('../../bin/longshore.mjs', import.meta.url))

export interface Ended { code: number | null; stdout: string; stderr: string }

/** Runs the command in `folder` to its end; its data directory is the folder's own. */
export function runLongshore(folder: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [binary, ...args], { cwd: folder, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
    const ended: Ended = { code: null, stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => { ended.stdout += text })
    child.stderr.setEncoding('utf8').on('data', (text: string) => { ended.stderr += text })
    child.once('error', reject).once('close', (code) => resolve({ ...ended, code }))
  })
}

/** The JSON that a command printed; its exit code is checked first, so that a refusal shows its words. */
export function printedJson({ code, stdout, stderr }: Ended, expectedCode = 0) {
  if (code !== expectedCode) throw new Error(`exit code ${code} instead of ${expectedCode}: ${stdout}${stderr}`)
  return JSON.parse(stdout)
}

/** This process's environment without what would lead the command elsewhere. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const { LONGSHORE_DATA: _data, DATABASE_URL: _url, ...rest } = process.env
  return rest
}
