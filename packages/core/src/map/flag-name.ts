/**
 * How a flag names a column, ready to be pasted: by its header; by its position (`#3`, from 1) where another column has the same one, or a
 * shell or the flag itself would read it otherwise. `position` from 0.
 */
export function flagName(position: number, headers: readonly string[]): string {
  const header = headers[position] ?? ''
  const plain = /^[\p{L}\p{N}][\p{L}\p{N} .,()/&_-]{0,59}$/u.test(header)
  return plain && headers.every((other, i) => i === position || other.trim() !== header.trim()) ? header : `#${position + 1}`
}
