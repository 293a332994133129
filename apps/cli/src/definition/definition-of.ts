import { parseImportDefinition } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import type { Call } from '../call.ts'
import type { Host } from '../host.ts'
import { jsonFile } from '../source-file.ts'
import { definitionFromFlags } from './from-flags.ts'

/** The definition document of a command line: --definition's file, checked first so that a fault names the path in it, and the flags laid over it. */
export function definitionOf(call: Call, host: Host): ImportDefinitionInput {
  const file = call.text('definition')
  if (file === undefined) return parseImportDefinition(definitionFromFlags(call))
  const object = call.text('object')
  const document = jsonFile(file, host)
  const base = parseImportDefinition(object === undefined ? document : { ...document, object })
  return parseImportDefinition(definitionFromFlags(call, base))
}
