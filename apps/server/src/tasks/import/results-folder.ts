import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Fault } from '@longshore/core'

/** Makes the folder of result files where it is missing, and gives its full path; a Fault where that cannot be. */
export async function resultsFolder(directory: string): Promise<string> {
  const folder = resolve(directory)
  try { await mkdir(folder, { recursive: true }) } catch (error) {
    throw new Fault('results.directory', `Result files cannot be written to ${folder} (${(error as NodeJS.ErrnoException).code}). Name another folder with --results.`, { cause: error })
  }
  return folder
}
