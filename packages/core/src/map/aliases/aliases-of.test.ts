import { describe, expect, it } from 'vitest'
import { allPaths } from '../../schema/catalog.ts'
import { standardCatalog } from '../../schema/standard/standard-catalog.ts'
import { aliasesOf } from './aliases-of.ts'

const catalog = standardCatalog()

describe('aliasesOf', () => {
  it.each(catalog.objects.map((object) => ({ name: object.name, object })))('names only fields that standard $name have', ({ name, object }) => {
    const paths = allPaths(catalog, object)
    const named = aliasesOf(name).map(([path]) => path)
    expect(named.filter((path) => !paths.includes(path))).toEqual([])
  })
})
