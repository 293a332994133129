import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { longest } from './longest-files.ts'

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
