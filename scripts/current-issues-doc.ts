import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { IssueEntry } from '../packages/core/src/issues/registry.ts'
import { faultsIn, issuesDoc } from './issues-doc.ts'
import { sourceFiles } from './source-files.ts'

/** What docs/issues.md has to say of the source as it stands. */
export async function currentIssuesDoc(root: string): Promise<string> {
  const registry = await import(pathToFileURL(join(root, 'packages/core/src/issues/registry.ts')).href) as { issueRegistry: Record<string, IssueEntry> }
  return issuesDoc(registry.issueRegistry, faultsIn(sourceFiles(root)))
}
