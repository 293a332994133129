import type { Upload } from '@longshore/contract'
import { address, signedOutEvent } from '../../client/api.ts'
import { Refusal, unreachable } from '../../client/problem.ts'

export interface Sending { done: Promise<Upload>; stop: () => void }

/** Sends a file as it is. fetch tells nothing of how far it is; this does. */
export function sendFile(file: Blob, name: string, onProgress: (sentBytes: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<Upload>((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded))
    request.addEventListener('error', () => reject(unreachable()))
    request.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')))
    request.addEventListener('load', () => {
      if (request.status === 401) globalThis.dispatchEvent(new Event(signedOutEvent))
      const answer = answerOf(request.responseText)
      if (request.status === 201 && answer) resolve(answer as unknown as Upload) // the contract's answer of this route
      else reject(answer && 'detail' in answer && 'code' in answer ? new Refusal(answer as unknown as ConstructorParameters<typeof Refusal>[0]) : unreachable())
    })
  })
  request.open('POST', address('/v1/uploads', { name }))
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.send(file)
  return { done, stop: () => request.abort() }
}

function answerOf(text: string): Record<string, unknown> | null {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null ? answer as Record<string, unknown> : null
  } catch { return null }
}
