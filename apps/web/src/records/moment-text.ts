/** A canonical instant as a browser's field for a date and a time has it, in the reader's own zone; seconds where there are any. */
export function toLocalMoment(instant: string): string {
  const at = new Date(instant)
  if (instant === '' || Number.isNaN(at.getTime())) return ''
  const two = (number: number): string => String(number).padStart(2, '0')
  const seconds = at.getSeconds() === 0 ? '' : `:${two(at.getSeconds())}`
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}${seconds}`
}

/** The way back; a moment that is typed in half is none. */
export function fromLocalMoment(local: string): string {
  const at = new Date(local)
  return local === '' || Number.isNaN(at.getTime()) ? '' : at.toISOString().replace(/\.000Z$/, 'Z')
}
