/** Whether what was given names a file elsewhere: by any scheme, so that one that cannot be used is refused as such and not looked for on disk. */
export function isAddress(named: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(named)
}
