// Writes docs/issues.md from the registry of issues and the faults in the source: `npm run docs:issues`.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { currentIssuesDoc } from './current-issues-doc.ts'

const root = join(import.meta.dirname, '..')
writeFileSync(join(root, 'docs/issues.md'), await currentIssuesDoc(root))
