/** Where a reason names a field by its path: behind one of these words, before a sign. */
const named = /(the field|for|mean|column is|:|Perhaps) ([a-z][a-z0-9_.]*)(?=[.;,](?:\s|$))/g

/** Why a column goes where it goes, as the command line says it too: without what is for that alone, and fields by the names that people see. */
export function plainReason(reason: string, labelOf: (path: string) => string | undefined): string {
  return reason.replace(/: --[a-z-]+ ".*$/, '.').replaceAll(named, (whole, before: string, path: string) => { const label = labelOf(path); return label === undefined ? whole : `${before} “${label}”` })
}
