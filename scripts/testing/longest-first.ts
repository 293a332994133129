import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take a good part of a run, the longest first: one that came last would be waited for alone. */
const longest = [
  'conservation.pg.test.ts', 'rules-model.pg.test.ts', 'access.pg.test.ts', 'one-key.pg.test.ts', 'bulk.pg.test.ts', 'references-to-several.pg.test.ts', 'rules.pg.test.ts', 'review.pg.test.ts',
  'pages.browser.pg.test.ts', 'crash.pg.test.ts', 'embedded/server.pg.test.ts', 'every-format.pg.test.ts', 'cli.pg.test.ts', 'wizard.browser.pg.test.ts', 'generated-list.pg.test.ts',
]

/** Begins with the longest files of each project; all others follow as Vitest orders them. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const turn = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((file) => moduleId.endsWith(`/${file}`))
      return found === -1 ? longest.length : found
    }
    const sorted = await super.sort(files)
    return [...Map.groupBy(sorted, ({ project }) => project.name).values()].flatMap((group) => group.toSorted((a, b) => turn(a) - turn(b)))
  }
}
