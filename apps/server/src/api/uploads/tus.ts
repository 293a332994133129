import { Fault } from '@longshore/core'

// The words of tus 1.0 (tus.io), core and the extensions creation and termination, as headers have them.

export const tusHeaders = { 'tus-resumable': '1.0.0', 'cache-control': 'no-store' }

export function demandTus(headers: Headers): void {
  if (headers.get('tus-resumable') !== '1.0.0') throw new Fault('upload.protocol', 'This route speaks tus 1.0.0: send "Tus-Resumable: 1.0.0". A file in one go is sent to /v1/uploads.')
}

/** A whole number of bytes in a header. */
export function bytesIn(headers: Headers, name: string): number {
  const text = headers.get(name) ?? ''
  const bytes = Number(text)
  if (!/^\d{1,15}$/.test(text)) throw new Fault('request.invalid', `The header ${name} has to say a number of bytes, such as 1048576; ${text === '' ? 'it is missing' : 'it says something else'}.`, { path: `headers.${name}` })
  return bytes
}

/** The file's name of `Upload-Metadata: filename d29ybGQ=,…`. */
export function fileNameIn(headers: Headers): string {
  for (const pair of (headers.get('upload-metadata') ?? '').split(',')) {
    const [key, value = ''] = pair.trim().split(' ')
    const name = key === 'filename' ? Buffer.from(value, 'base64').toString('utf8').trim() : ''
    if (name !== '' && name.length <= 255) return name
  }
  throw new Fault('request.invalid', 'The header Upload-Metadata has to name the file: "filename " and the name in base64, of 1 to 255 characters.', { path: 'headers.upload-metadata' })
}
