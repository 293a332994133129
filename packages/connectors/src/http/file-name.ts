/** A name for people: what the server calls the file, else the last part of the address. Never a path, and of bounded length. */
export function fileNameOf(disposition: string | undefined, url: URL): string {
  const said = /filename\*\s*=\s*(?:utf-8)?'[^']*'([^;]{1,600})/i.exec(disposition ?? '')?.[1]
  const plain = /filename\s*=\s*"((?:[^"\\]|\\.){1,300})"/i.exec(disposition ?? '')?.[1]?.replaceAll(/\\(.)/g, '$1') ?? /filename\s*=\s*([^";\s]{1,300})/i.exec(disposition ?? '')?.[1]
  const found = (said === undefined ? undefined : decoded(said)) ?? plain ?? decoded(url.pathname.split('/').findLast((part) => part !== '') ?? '') ?? ''
  const name = found.split(/[/\\]/).at(-1)?.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim().slice(0, 150) ?? ''
  return name === '' || name === '.' || name === '..' ? url.hostname : name
}

function decoded(text: string): string | undefined {
  try { return decodeURIComponent(text) } catch { return undefined }
}
