import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkUrl } from './check-url.ts'
import { egressRules, openEgress } from './egress-rules.ts'
import type { EgressRules } from './egress-rules.ts'
import { fetchFile } from './fetch-file.ts'
import { fileNameOf } from './file-name.ts'
import { isPublicAddress } from './public-address.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let port = 0
let connections = 0
const requests: string[] = []
let answer: Answer = (_, response) => { response.end('a,b\n') }
const at = (path: string, host = 'files.example.com'): string => `http://${host}:${port}${path}`

/** Names of the test stand for the loopback server; it is allowed for them alone. */
function testRules(addresses: Record<string, string[]> = { 'files.example.com': ['127.0.0.1'] }): EgressRules {
  return {
    http: true, ports: [port], isAllowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
    resolve: (host) => {
      const found = addresses[host]
      return found === undefined ? Promise.reject(Object.assign(new Error(host), { code: 'ENOTFOUND' })) : Promise.resolve(found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
    },
  }
}

async function fetched(path: string, options: Parameters<typeof fetchFile>[2] = {}, rules = testRules()): Promise<{ text: string; name: string; from: string }> {
  const { content, name, from } = await fetchFile(path.startsWith('http') ? path : at(path), rules, options)
  let text = ''
  for await (const piece of content) text += String(piece)
  return { text, name, from }
}

beforeAll(async () => {
  server = createServer((request, response) => { requests.push(request.url ?? ''); answer(request, response) })
  server.on('connection', () => { connections += 1 })
  await new Promise<void>((resolve) => { server.listen(0, '0.0.0.0', resolve) })
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve) }))

describe('addresses that nothing is fetched from', () => {
  const hosts = [
    '127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '0177.1', '017700000001', '127.0.0.1.', '0', '0.0.0.0', '0x0', '00000000',
    '①②⑦.0.0.1', '127。0。0。1', '%31%32%37.0.0.1', 'localhost', 'LOCALHOST', 'localhost.', 'a.localhost', '10.0.0.1', '10.255.255.255', '012.0.0.1', '0xa000001', '167772161',
    '172.16.0.1', '172.31.255.255', '192.168.1.1', '3232235777', '0xc0a80101', '169.254.169.254', '2852039166', '0xa9fea9fe', '169.254.1', '100.64.0.1', '100.127.255.255', '192.0.0.192', '192.0.2.1',
    '198.18.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255',
    '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:8.8.8.8]', '[::127.0.0.1]', '[::7f00:1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::1]', '[2002:7f00:1::]', '[2001::1]',
    '[2001:db8::1]', '[fe80::1]', '[fc00::1]', '[fd12:3456::1]', '[ff02::1]', '[100::1]', '[5f00::1]', '[3fff::1]', '[fec0::1]', '[::ffff:0:127.0.0.1]',
  ]

  test.each(hosts)('refuses %s', async (host) => {
    const before = connections
    const rules = { ...egressRules({ http: true, ports: [port] }), resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) }
    for (const scheme of ['http', 'https']) {
      await expect(fetched(`${scheme}://${host}:${port}/`, {}, rules)).rejects.toThrow(expect.objectContaining({ code: expect.stringMatching(/^source\.url(-refused)?$/) as string }))
    }
    expect(connections).toBe(before)
  })

  test.each([
    ['file:///etc/passwd'], ['ftp://example.com/a.csv'], ['gopher://example.com/'], ['data:text/csv,a'], ['http://user:secret@example.com/a.csv'], ['https://example.com:22/'], ['https://example.com:8080/'], ['javascript:1'],
  ])('refuses the address %s', async (address) => {
    await expect(fetchFile(address, egressRules({ http: true }))).rejects.toThrow(expect.objectContaining({ code: 'source.url-refused' }))
  })

  test('refuses http unless the operator allows it, and names no password', async () => {
    await expect(checkUrl('http://example.com/a.csv', egressRules())).rejects.toThrow(/https alone/)
    await expect(checkUrl('https://user:secret@example.com/a.csv?key=hidden', egressRules())).rejects.toThrow(/^(?!.*(?:secret|hidden))/)
  })

  test('refuses a name of which one address is private', async () => {
    await expect(fetched('/', {}, { ...testRules({ 'files.example.com': ['8.8.8.8', '192.168.0.7'] }), isAllowed: isPublicAddress })).rejects.toThrow(expect.objectContaining({ code: 'source.url-refused' }))
  })

  test('connects to the address that was checked, whatever the name stands for later', async () => {
    let asked = 0
    const rules = testRules()
    const rebinding: EgressRules = { ...rules, resolve: (host) => { asked += 1; return asked === 1 ? rules.resolve(host) : Promise.resolve([{ address: '10.0.0.1', family: 4 }]) } }
    expect((await fetched('/', {}, rebinding)).text).toBe('a,b\n')
    expect(asked).toBe(1)
  })

  test('sends nothing when the connection went elsewhere than checked', async () => {
    const seen = requests.length
    let looked = 0
    const rules: EgressRules = { ...testRules(), isAllowed: (address) => { looked += 1; return looked === 1 && address === '127.0.0.1' } }
    await expect(fetched('/', {}, rules)).rejects.toThrow(expect.objectContaining({ code: 'source.url-refused' }))
    expect(requests.length).toBe(seen)
  })

  test('checks every redirect as the first address', async () => {
    for (const location of ['http://127.0.0.1:1/', 'http://169.254.169.254/latest', 'file:///etc/passwd', 'http://inside.example.com/', '//[::1]/']) {
      answer = (_, response) => { response.writeHead(302, { location }).end() }
      const before = connections
      await expect(fetched('/', {}, { ...testRules({ 'files.example.com': ['127.0.0.1'], 'inside.example.com': ['10.1.2.3'] }), isAllowed: testRules().isAllowed })).rejects.toThrow(expect.objectContaining({ code: 'source.url-refused' }))
      expect(connections).toBe(before + 1)
    }
  })

  test.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '2a00:1450:4001::1'])('lets %s through', (address) => { expect(isPublicAddress(address)).toBe(true) })
  test('takes nothing for an address that is none', () => { for (const text of ['', 'example.com', '1.2.3', '8.8.8.8/8', '2606::1%eth0']) expect(isPublicAddress(text)).toBe(false) })

  test('reads what the operator allows', () => {
    expect(openEgress({})).toMatchObject({ http: false, ports: [] })
    expect(openEgress({ LONGSHORE_ALLOW_HTTP: '1', LONGSHORE_ALLOW_PORTS: '8443, x,70000,9443' })).toMatchObject({ http: true, ports: [8443, 9443] })
  })
})

describe('fetching a file', () => {
  test('follows up to three redirects, relative ones too, and says where it came from', async () => {
    answer = ({ url }, response) => {
      const [, hop = '0'] = /\/(\d)/.exec(url ?? '') ?? []
      if (Number(hop) < 3) response.writeHead(307, { location: `/${Number(hop) + 1}?key=secret` }).end('elsewhere')
      else response.end('a,b\n1,2\n')
    }
    expect(await fetched('/0')).toEqual({ text: 'a,b\n1,2\n', name: '3', from: at('/3') })
    answer = (_, response) => { response.writeHead(302, { location: '/again' }).end() }
    await expect(fetched('/')).rejects.toThrow(expect.objectContaining({ code: 'source.redirects' }))
  })

  test('asks for the bytes as they are, and unpacks what comes packed all the same', async () => {
    answer = ({ headers }, response) => { response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(`${String(headers['accept-encoding'])}\n`)) }
    expect((await fetched('/x.csv')).text).toBe('identity\n')
    answer = (_, response) => { response.writeHead(200, { 'content-encoding': 'br' }).end('x') }
    await expect(fetched('/x.csv')).rejects.toThrow(expect.objectContaining({ code: 'source.answer' }))
  })

  test('ends where the limit of size is, announced or not, packed or not', async () => {
    const big = Buffer.alloc(300_000, 'x')
    answer = (_, response) => { response.writeHead(200, { 'content-length': big.length }).end(big) }
    await expect(fetched('/', { maxBytes: 100_000 })).rejects.toThrow(expect.objectContaining({ code: 'source.too-large' }))
    answer = (_, response) => { response.write(big); response.end(big) }
    await expect(fetched('/', { maxBytes: 100_000 })).rejects.toThrow(expect.objectContaining({ code: 'source.too-large' }))
    answer = (_, response) => { response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(big)) }
    await expect(fetched('/', { maxBytes: 100_000 })).rejects.toThrow(expect.objectContaining({ code: 'source.too-large' }))
  })

  test('ends where the limits of time are', async () => {
    answer = (_, response) => { response.write('a,b\n') }
    await expect(fetched('/', { timeoutMs: 300 })).rejects.toThrow(expect.objectContaining({ code: 'source.timeout' }))
    answer = () => undefined
    await expect(fetched('/', { idleMs: 200 })).rejects.toThrow(expect.objectContaining({ code: 'source.timeout' }))
  })

  test('says so when the file breaks off, and when somebody stops it', async () => {
    answer = (_, response) => { response.writeHead(200, { 'content-length': 100 }); response.write('a,b\n'); setTimeout(() => response.destroy(), 20) }
    await expect(fetched('/')).rejects.toThrow(expect.objectContaining({ code: 'source.interrupted', remedy: 'retry' }))
    answer = () => undefined
    const stop = new AbortController()
    setTimeout(() => { stop.abort() }, 50)
    await expect(fetched('/', { signal: stop.signal })).rejects.toThrow(expect.objectContaining({ code: 'source.stopped' }))
  })

  test('tries again when the server says later, and tells what it answered in the end', async () => {
    let times = 0
    answer = (_, response) => { times += 1; response.writeHead(times === 1 ? 503 : 200).end('a,b\n') }
    expect((await fetched('/')).text).toBe('a,b\n')
    for (const [status, remedy] of [[404, 'refuse'], [401, 'refuse'], [500, 'retry'], [204, 'refuse']] as const) {
      answer = (_, response) => { response.writeHead(status).end() }
      await expect(fetched('/')).rejects.toThrow(expect.objectContaining({ code: 'source.answer', remedy, message: expect.stringContaining(String(status)) as string }))
    }
    await expect(fetched(at('/', 'nowhere.example.com'))).rejects.toThrow(expect.objectContaining({ code: 'source.unreachable' }))
  })

  test.each([
    [undefined, 'https://example.com/lists/contacts%20may.csv?x=1', 'contacts may.csv'], ['attachment; filename="people.xlsx"', 'https://example.com/download', 'people.xlsx'],
    ['attachment; filename="../../etc/passwd"', 'https://example.com/', 'passwd'], ["attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.csv", 'https://example.com/', 'Größe.csv'],
    ['attachment; filename=a.csv', 'https://example.com/', 'a.csv'], [undefined, 'https://example.com/', 'example.com'], [undefined, 'https://example.com/%00%0a..', 'example.com'],
    ["attachment; filename*=UTF-8''%E0%A4%A", 'https://example.com/b.csv', 'b.csv'],
  ])('names the file by %j and %s', (disposition, url, name) => {
    expect(fileNameOf(disposition, new URL(url))).toBe(name)
  })
})

describe('finding out where a host is', () => {
  const never: EgressRules['resolve'] = () => new Promise(() => undefined)

  test('ends after a while, and when somebody stops it', async () => {
    await expect(fetched('/', {}, { ...testRules(), resolve: never, resolveMs: 50 })).rejects.toThrow(expect.objectContaining({ code: 'source.timeout', remedy: 'retry' }))
    await expect(fetched('/', { timeoutMs: 50 }, { ...testRules(), resolve: never })).rejects.toThrow(expect.objectContaining({ code: 'source.timeout' }))
    const stop = new AbortController()
    setTimeout(() => { stop.abort() }, 20)
    await expect(fetched('/', { signal: stop.signal }, { ...testRules(), resolve: never })).rejects.toThrow(expect.objectContaining({ code: 'source.stopped' }))
    await expect(fetched('/', { signal: AbortSignal.abort() }, { ...testRules(), resolve: never })).rejects.toThrow(expect.objectContaining({ code: 'source.stopped' }))
  })

  test('names no key of an address, also of one that is none', async () => {
    for (const address of ['https://exa mple.com/a.csv?sig=hidden', 'https://[::1/?sig=hidden#hidden', `https://nowhere.example.com/a.csv?sig=hidden`]) {
      const error = await fetched(address).catch((found: unknown) => found) as Error
      expect(error).toMatchObject({ code: expect.stringMatching(/^source\./) as string })
      expect(`${error.message} ${String((error.cause as { input?: string } | undefined)?.input)}`).not.toContain('hidden')
    }
  })
})

describe('fetching by https', () => {
  const folder = join(import.meta.dirname, '../../../../fixtures/https')
  const cert = readFileSync(join(folder, 'files.example.com.crt'), 'utf8')
  const secure = createSecureServer({ cert, key: readFileSync(join(folder, 'files.example.com.key')) }, (request, response) => {
    if (request.url === '/down') response.writeHead(302, { location: at('/') }).end()
    else response.end(`${request.headers.host ?? ''}\n`)
  })
  let securePort = 0
  const rules = (): EgressRules => ({ ...testRules({ 'files.example.com': ['127.0.0.1'], 'other.example.com': ['127.0.0.1'] }), http: false, ports: [securePort, port] })
  beforeAll(async () => {
    await new Promise<void>((resolve) => { secure.listen(0, '127.0.0.1', resolve) })
    securePort = (secure.address() as AddressInfo).port
  })
  afterAll(() => new Promise((resolve) => { secure.closeAllConnections(); secure.close(resolve) }))

  test('takes a file from who can show that it is who it says, at the address that was checked', async () => {
    expect((await fetched(`https://files.example.com:${securePort}/list.csv`, {}, { ...rules(), authorities: cert })).text).toBe(`files.example.com:${securePort}\n`)
  })

  test.each(['files.example.com', 'other.example.com'])('takes none of %s where nobody vouches for it', async (host) => {
    const trusted = host === 'other.example.com' ? { authorities: cert } : {}
    await expect(fetched(`https://${host}:${securePort}/list.csv`, {}, { ...rules(), ...trusted })).rejects.toThrow(expect.objectContaining({ code: 'source.unreachable' }))
  }, 20_000)

  test('does not follow to http', async () => {
    await expect(fetched(`https://files.example.com:${securePort}/down`, {}, { ...rules(), authorities: cert })).rejects.toThrow(expect.objectContaining({ code: 'source.url-refused' }))
  })
})
