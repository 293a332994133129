import { Fault } from '@longshore/core'
import { describe, expect, it } from 'vitest'
import { openLog } from './log.ts'

function logged(json: boolean, work: (log: ReturnType<typeof openLog>) => void): string[] {
  const lines: string[] = []
  work(openLog((line) => lines.push(line), json))
  return lines
}
const failure = new Fault('internal', 'the value ada@example.com of the request', { cause: Object.assign(new TypeError('Key (email)=(ada@example.com)\n    at ada@example.com'), { code: '23505' }) })

describe('the log', () => {
  it('is one JSON document a line, with the moment, the event and its facts', () => {
    const [line = ''] = logged(true, (log) => log.info('request', { request: 'r1', route: '/v1/jobs/:job', status: 200 }))
    expect(JSON.parse(line)).toMatchObject({ level: 30, time: expect.stringMatching(/^\d{4}-/) as string, program: 'longshore', event: 'request', request: 'r1', route: '/v1/jobs/:job', status: 200 })
  })

  it('says of an error its kind, its code and where it happened, and nothing of what it was about', () => {
    const lines = [...logged(true, (log) => log.error('request', failure, { request: 'r1' })), ...logged(false, (log) => log.error('request', failure, { request: 'r1' }))]
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 50, request: 'r1', fault: 'internal', error: 'TypeError', code: '23505', frames: expect.arrayContaining([expect.stringMatching(/log\.test\.ts:\d+$/)]) as string[] })
    expect(lines[1]).toBe('request request=r1 fault=internal error=TypeError code=23505')
    expect(lines.join('')).not.toMatch(/ada|example/)
  })

  it('spares people the requests that went well', () => {
    expect(logged(false, (log) => { log.info('request', { request: 'r1' }); log.info('job 1/7: db.gone') })).toEqual(['job 1/7: db.gone'])
  })
})
