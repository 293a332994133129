import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

export interface FailpointPlace { name: string; file: string; line: number }

/** Every `failpoint('name')` of the product's sources, found by looking at them. A name that is no plain literal is `''`. */
export function failpointPlaces(): FailpointPlace[] {
  return ['packages', 'apps'].flatMap((folder) => readdirSync(join(root, folder)).flatMap((name) => scan(join(folder, name, 'src'))))
}

/** Their names, sorted. */
export function failpointNames(): string[] {
  return failpointPlaces().map(({ name }) => name).sort()
}

function scan(folder: string): FailpointPlace[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/(^|\/)testing\//.test(file) && !file.endsWith('job/failpoint.ts'))
  return files.sort().flatMap((file) => readFileSync(join(root, folder, file), 'utf8').split('\n').flatMap((text, i) =>
    [...text.matchAll(/\bfailpoint\((?:'([a-z.-]+)'\))?/g)].map((match) => ({ name: match[1] ?? '', file: join(folder, file), line: i + 1 }))))
}
