import { isIP } from 'node:net'
import { Fault } from '@longshore/core'
import type { EgressRules } from '../http/egress-rules.ts'

/** How e-mails leave. */
export interface MailWay {
  host: string
  port: number
  /** TLS from the first byte; false: STARTTLS, which the server must offer where there is a password. */
  secure: boolean
  login: { username: string; password: string } | null
  /** `Longshore <crm@example.com>` or an address alone. */
  sender: string
}

/** Text alone: nothing in it can run, and no picture reports that it was read. */
export interface Mail { to: string; subject: string; text: string }

const timeoutMs = 20_000
/** Ports by which e-mail is handed in. */
export const mailPorts = [25, 465, 587, 2525] as const

/** Hands one e-mail in. Throws a Fault: `mail.refused` for what trying again does not mend, `mail.unreachable` for the rest. */
export async function sendMail(way: MailWay, rules: EgressRules, mail: Mail): Promise<void> {
  for (const text of [way.sender, mail.to, mail.subject]) if (/[\r\n\0]/.test(text)) throw new Fault('mail.refused', 'A line break stands in the address or subject of an e-mail. Nothing was sent.')
  const address = await checkedHost(way, rules)
  const { createTransport } = await import('nodemailer') // 40 files that only whoever sends needs
  const transport = createTransport({
    host: address, port: way.port, secure: way.secure, requireTLS: way.login !== null && !way.secure, tls: { servername: way.host, ...(rules.authorities === undefined ? {} : { ca: rules.authorities }) },
    ...(way.login === null ? {} : { auth: { user: way.login.username, pass: way.login.password } }),
    connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, disableFileAccess: true, disableUrlAccess: true, logger: false,
  })
  try {
    await transport.sendMail({ from: way.sender, to: { name: '', address: mail.to }, subject: mail.subject, text: mail.text, headers: { 'Auto-Submitted': 'auto-generated' } })
  } catch (error) {
    const { responseCode = 0, code = '' } = error as { responseCode?: number; code?: string }
    // the server's own words may hold the address, so they go nowhere
    if (code === 'EAUTH' || (responseCode >= 500 && responseCode < 600)) throw new Fault('mail.refused', `The mail server ${way.host} refused ${code === 'EAUTH' ? 'the user name and password' : `the e-mail (${responseCode})`}. Check the mail settings.`, { cause: error })
    throw new Fault('mail.unreachable', `The mail server ${way.host} cannot be used now (${code || responseCode || 'unknown reason'}). Check its name and port.`, { remedy: 'retry', cause: error })
  } finally { transport.close() }
}

/** Where the connection goes: to an address that may be reached, which was looked up once. */
async function checkedHost({ host, port }: MailWay, rules: EgressRules): Promise<string> {
  if (!mailPorts.some((one) => one === port) && !rules.ports.includes(port)) throw new Fault('mail.refused', `E-mail is handed in at port ${mailPorts.join(', ')}; ${port} is none of them. The operator can allow others (LONGSHORE_ALLOW_PORTS).`)
  const found = isIP(host) ? [{ address: host }] : await rules.resolve(host).catch((cause: unknown) => { throw new Fault('mail.unreachable', `There is no mail server ${host.slice(0, 100)}. Check its name.`, { remedy: 'retry', cause }) })
  const [first] = found
  const own = rules.mailHosts?.includes(host) === true
  if (first === undefined || (!own && found.some(({ address }) => !rules.isAllowed(address)))) throw new Fault('mail.refused', `${host.slice(0, 100)} is a private or local address, which nothing is sent to. The operator can allow a mail server of one's own (LONGSHORE_MAIL_HOSTS).`)
  return first.address
}
