/** Names for the keys of a JSON object: a name that was there before gets " (2)", " (3)" and so on. */
export function uniqueNames(columns: readonly string[]): string[] {
  const given = new Set(columns)
  const used = new Set<string>()
  return columns.map((column) => {
    let name = column
    for (let n = 2; used.has(name); n += 1) {
      const next = `${column} (${n})`
      if (!given.has(next) && !used.has(next)) name = next
    }
    used.add(name)
    return name
  })
}
