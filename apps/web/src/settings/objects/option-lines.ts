interface Option { value: string; label?: string; active?: boolean }

const inactiveMark = '- '

/** Options as lines: `value` or `value = label`; one that is not offered any more begins with a dash. */
export function printOptions(options: readonly Option[]): string {
  return options.map(({ value, label, active }) => `${active === false ? inactiveMark : ''}${value}${label === undefined || label === value ? '' : ` = ${label}`}`).join('\n')
}

/** The options that lines say. One that stood there and is gone from them is kept as one that is not offered: records may hold it. */
export function optionsOf(lines: string, before: readonly Option[]): Option[] {
  const said = lines.split('\n').map((line) => line.trim()).filter(Boolean).map((line): Option => {
    const inactive = line.startsWith(inactiveMark)
    const [value = '', label] = (inactive ? line.slice(inactiveMark.length) : line).split(/ = (.*)/s)
    return { value: value.trim(), ...(label?.trim() ? { label: label.trim() } : {}), ...(inactive ? { active: false } : {}) }
  })
  const known = new Set(said.map(({ value }) => value))
  return [...said.filter((one, index) => said.findIndex(({ value }) => value === one.value) === index), ...before.filter(({ value }) => !known.has(value)).map((one) => ({ ...one, active: false }))]
}
