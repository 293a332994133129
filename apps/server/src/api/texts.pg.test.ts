import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestApi } from '../testing/open-test-api.ts'
import type { Answer, Credentials, TestApi } from '../testing/open-test-api.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

// What people send as text comes back as that text, and nothing that a browser would run: in JSON, under a policy that runs nothing.
let api: TestApi
let admin: Credentials
const texts = [
  '<script>alert(1)</script>', '"><script src=//evil.example/x.js></script>', '<img src=x onerror=alert(1)>', '<svg/onload=alert(1)>', '<iframe srcdoc="<script>alert(1)</script>">', '<a href="javascript:alert(1)">x</a>',
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\tscript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'vbscript:msgbox(1)', `'-alert(1)-'`, '"-alert(1)-"', '`${alert(1)}`', '{{constructor.constructor("alert(1)")()}}', '${7*7}', '<%= 7*7 %>',
  '</title><script>alert(1)</script>', '</textarea><script>alert(1)</script>', '</script><script>alert(1)</script>', '<!--<script>alert(1)//-->', ']]><script>alert(1)</script>', '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<details open ontoggle=alert(1)>', '<body onload=alert(1)>', '<style>@import "//evil.example/x.css"</style>', '<base href="//evil.example/">', '<meta http-equiv="refresh" content="0;url=//evil.example">', '<link rel=stylesheet href=//evil.example/x.css>', '<object data="data:text/html,x">',
  '&lt;script&gt;alert(1)&lt;/script&gt;', '&#x3C;img src=x onerror=alert(1)&#x3E;', '%3Cscript%3Ealert(1)%3C/script%3E', '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e', '+ADw-script+AD4-alert(1)+ADw-/script+AD4-', '<scr<script>ipt>alert(1)</scr</script>ipt>', '<ＳＣＲＩＰＴ>alert(1)</ＳＣＲＩＰＴ>',
  '\u2028alert(1)\u2029', '\u202E>tpircs<', 'x\r\nSet-Cookie: a=b', 'x\r\n\r\n<script>alert(1)</script>', '=HYPERLINK("//evil.example","x")', '__proto__', '[click](javascript:alert(1))', '<xss style="behavior:url(x.htc)">',
]
/** Cells are trimmed and their line ends made one kind. */
const kept = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Every answer of the API has these and no others; what differs from one to the next is looked at by itself. */
const frame = {
  'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-[^' ]+'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'$/) as string,
  'cross-origin-opener-policy': 'same-origin', 'permissions-policy': 'camera=(), geolocation=(), microphone=()', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin',
}
function frameOf({ headers }: Answer): Record<string, unknown> {
  const { 'content-type': type, 'content-length': length, 'x-request-id': request, date, connection, ...rest } = headers
  expect([typeof type, typeof length, typeof request, typeof date, typeof connection]).toEqual(['string', 'string', 'string', 'string', 'string'])
  return rest
}

beforeAll(async () => {
  api = await openTestApi('texts')
  admin = await api.person('admin@example.com', 'admin')
})
afterAll(() => api.close())

describe('texts that a browser could take for something to run', () => {
  it('come back from records as they were sent, in JSON that is sniffed by nobody', async () => {
    const made = await api.ask(admin, 'POST', '/v1/bulk-import', { body: { object_type: 'contacts', operation: 'insert', records: texts.map((text, i) => ({ last_name: text, description: text, external_id: `x${i}` })) } })
    expect([made.status, frameOf(made)]).toEqual([200, frame])
    const stored = await api.longshore.rows<{ last_name: string; description: string }>('SELECT last_name, description FROM org.contacts ORDER BY id')
    expect(stored.map(({ description }) => kept(description))).toEqual(texts.map(kept))
    const list = await api.ask(admin, 'GET', '/v1/objects/contacts/records?limit=200&fields=last_name,description')
    expect([list.status, list.headers['content-type'], frameOf(list)]).toEqual([200, 'application/json; charset=utf-8', frame])
    const told = (list.json['items'] as { values: Record<string, string> }[]).map(({ values }) => values)
    for (const field of ['last_name', 'description'] as const) expect(told.map((values) => values[field]).sort()).toEqual(stored.map((row) => row[field]).sort())
  })

  it('come back from names that people give, and from problems, in the same frame', async () => {
    for (const text of texts) {
      const answers = [
        await api.ask(admin, 'GET', `/v1/objects/${encodeURIComponent(text)}`), await api.ask(admin, 'GET', `/v1/jobs?${encodeURIComponent(text)}=1`), await api.ask(admin, 'PATCH', '/v1/settings', { body: JSON.parse(`{${JSON.stringify(text)}:1}`) as unknown }),
      ]
      for (const answer of answers) expect([answer.status >= 400 && answer.status < 500, answer.headers['content-type'], frameOf(answer)], text).toEqual([true, 'application/problem+json; charset=utf-8', frame])
    }
  })

  it('leave as a file that a browser saves and does not show', async () => {
    const file = await api.ask(admin, 'GET', '/v1/objects/contacts/export?fields=last_name&guard=false')
    expect([file.status, file.headers['content-disposition'], file.headers['x-content-type-options'], file.headers['content-security-policy']]).toEqual([200, expect.stringMatching(/^attachment; /), 'nosniff', `default-src 'none'; frame-ancestors 'none'; sandbox`])
    expect(file.text).toContain('<img src=x onerror=alert(1)>')
  })
})
