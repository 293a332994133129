import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import LongestFirst from './scripts/testing/longest-first.ts'
import { testProjects } from './scripts/testing/test-projects.ts'

const root = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: ['packages/store/src/postgres/test-setup.ts'],
    sequence: { sequencer: LongestFirst },
    projects: testProjects(root).map((project) => ({
      test: {
        ...project,
        root,
        testTimeout: 60_000,
        hookTimeout: 120_000,
        // child processes of tests start as those of the product do: with compiled code that is kept
        env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url)) },
        setupFiles: ['scripts/testing/same-cases.ts'],
      },
    })),
  },
})
