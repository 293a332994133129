import { request } from 'node:http'

/** One event of the stream, as a browser hears it. */
export interface ToldEvent { id: string | null; event: string; data: { job: number; state: string; phase?: string } }

export interface Listener {
  /** What came so far. */
  told: ToldEvent[]
  headers(): Record<string, unknown>
  /** 0: no answer yet. */
  status(): number
  /** Whether the other side has ended the stream, or cannot be reached. */
  isOver(): boolean
  close(): void
}

/** Listens to the stream of events until closed. `last`: the id of the event after which it goes on. */
export function listenToEvents(port: number, who: object, last?: string): Listener {
  const told: ToldEvent[] = []
  let text = '', headers: Record<string, unknown> = {}, status = 0, over = false
  const end = (): void => { over = true }
  const asked = request({ host: '127.0.0.1', port, path: '/v1/events', headers: { ...who, ...(last === undefined ? {} : { 'last-event-id': last }) } }, (answer) => {
    headers = answer.headers
    status = answer.statusCode ?? 0
    answer.on('data', (piece: Buffer) => {
      text += piece.toString()
      for (let until = text.indexOf('\n\n'); until >= 0; until = text.indexOf('\n\n')) {
        const lines = new Map(text.slice(0, until).split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
        text = text.slice(until + 2)
        const event = lines.get('event')
        if (event !== undefined) told.push({ id: lines.get('id') ?? null, event, data: JSON.parse(lines.get('data') ?? '{}') as ToldEvent['data'] })
      }
    })
    answer.on('error', end)
    answer.on('close', end)
  })
  asked.on('error', end)
  asked.end()
  return { told, headers: () => headers, status: () => status, isOver: () => over, close: () => asked.destroy() }
}
