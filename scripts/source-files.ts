import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A text file of the repository; `path` is relative to its root, with slashes. */
export interface SourceFile { path: string; text: string }

/** Something that a check found: where, and what to do about it. */
export interface Problem { path: string; line: number | null; message: string }

/** Paths of all files that are committed or about to be, pictures among them. */
export function repositoryPaths(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
  return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)))
}

/** All text files that are committed or about to be: what git ignores is left out, and so are files with a NUL byte. */
export function sourceFiles(root: string): SourceFile[] {
  return repositoryPaths(root).flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return text.includes('\0') ? [] : [{ path, text }]
  })
}

/** Line number, from 1, of the character at `index`. */
export function lineAt(text: string, index: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i !== -1 && i < index; i = text.indexOf('\n', i + 1)) line++
  return line
}

export function printProblem(problem: Problem): string {
  return `${problem.path}${problem.line === null ? '' : `:${problem.line}`}: ${problem.message}`
}
