import { closest, Fault, findObject, printSchema } from '@longshore/core'
import type { Catalog, ObjectType } from '@longshore/core'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { noSuchObject } from '../messages/usage.ts'
import { schemaList } from '../reporters/schema-list.ts'
import { visible } from '../reporters/visible.ts'
import { jsonFile } from '../source-file.ts'
import { withLongshore } from '../with-longshore.ts'

export const schemaCommand: Command = {
  name: 'schema',
  positionals: { names: [], least: 0 },
  flags: {
    object: { type: 'string', value: 'NAME', help: 'only this object' },
    apply: { type: 'string', value: 'F.json', help: 'apply the changes that this document describes' },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: ['Into a pipe or with --json it prints {"version","objects":[…]}; after --apply {"changes":[…],"version"}.'],
  async run(call, host) {
    const json = call.wantsJson(host)
    const file = call.text('apply')
    if (file !== undefined) {
      const document = jsonFile(file, host)
      const { changes, catalog } = await withLongshore(call, host, (longshore) => longshore.changeSchema(document), { makesData: true })
      const lines = changes.length === 0 ? ['Nothing to change: it is so already.'] : changes.map((change) => visible(change, 300))
      host.stdout.write(json ? `${JSON.stringify({ changes, version: catalog.version })}\n` : `${lines.join('\n')}\n`)
      return exitCodes.good
    }
    const catalog = await withLongshore(call, host, (longshore) => longshore.catalog(), { makesData: true })
    const name = call.text('object')
    const objects = name === undefined ? catalog.objects : [objectNamed(catalog, name)]
    host.stdout.write(json ? `${JSON.stringify({ version: catalog.version, ...printSchema(catalog, name) }, null, 2)}\n` : schemaList(objects, name !== undefined))
    return exitCodes.good
  },
}

function objectNamed(catalog: Catalog, name: string): ObjectType {
  const object = findObject(catalog, name)
  if (object) return object
  const names = catalog.objects.map((candidate) => candidate.name)
  throw new Fault('schema.unknown-object', noSuchObject(name, names, closest(name, names)))
}
