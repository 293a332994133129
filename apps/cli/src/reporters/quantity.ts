const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** 12,345 */
export function count(number: number): string {
  return grouped.format(number)
}

/** 12.3 MB, in millions of bytes; below a tenth of one 12.3 kB, and 351 bytes. */
export function bytes(number: number): string {
  if (number > 0 && number < 1_000) return counted(number, 'byte')
  if (number > 0 && number < 100_000) return `${(number / 1_000).toFixed(1)} kB`
  return `${(number / 1_000_000).toFixed(1)} MB`
}

/** `1 row`, `2 rows`: the plural is the noun and an s unless it is given. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : plural}`
}

/** 0.4 s, 12 s, 3 min 5 s, 2 h 4 min. Takes seconds. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
