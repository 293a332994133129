/**
 * One page under its several spellings: scheme, "www." and a slash at the end aside, the host in lower case. The path keeps its case,
 * because servers may tell it apart.
 */
export function urlKey(text: string): string {
  const bare = text.trim().replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/^www\./i, '')
  let end = bare.length
  while (end > 0 && bare[end - 1] === '/') end--
  return hostInLowerCase(bare.slice(0, end))
}

function hostInLowerCase(bare: string): string {
  const hostEnd = bare.search(/[/?#]/)
  return hostEnd < 0 ? bare.toLowerCase() : bare.slice(0, hostEnd).toLowerCase() + bare.slice(hostEnd)
}
