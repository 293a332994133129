import { lookup } from 'node:dns/promises'
import { isPublicAddress } from './public-address.ts'

/** Where Longshore may connect to. All that leaves it goes by these rules. */
export interface EgressRules {
  /** Whether plain http may be used, too. */
  http: boolean
  /** Ports that may be named in an address; those of the schemes always may. */
  ports: readonly number[]
  /** All addresses that a host name stands for. */
  resolve(host: string): Promise<{ address: string; family: number }[]>
  /** How long that may take; default 15 seconds. */
  resolveMs?: number
  /** Certificates that are trusted beside those of the system, which NODE_EXTRA_CA_CERTS adds to. */
  authorities?: string
  isAllowed(address: string): boolean
  /** Mail servers of the operator's own, which may be at private addresses. */
  mailHosts?: readonly string[]
}

/** The rules of an installation: https to the open Internet; http and other ports when the operator says so. Private addresses never. */
export function egressRules({ http = false, ports = [], mailHosts = [] }: { http?: boolean; ports?: readonly number[]; mailHosts?: readonly string[] } = {}): EgressRules {
  return { http, ports, mailHosts, resolve: (host) => lookup(host, { all: true, verbatim: true }), isAllowed: isPublicAddress }
}

/** The rules that the operator's environment asks for: `LONGSHORE_ALLOW_HTTP=1`, `LONGSHORE_ALLOW_PORTS=8443,9443`, `LONGSHORE_MAIL_HOSTS=mail.internal`. */
export function openEgress(env: Record<string, string | undefined>): EgressRules {
  const ports = (env['LONGSHORE_ALLOW_PORTS'] ?? '').split(',').map(Number).filter((port) => Number.isInteger(port) && port > 0 && port < 65_536)
  const mailHosts = (env['LONGSHORE_MAIL_HOSTS'] ?? '').split(',').map((host) => host.trim()).filter((host) => host !== '')
  return egressRules({ http: env['LONGSHORE_ALLOW_HTTP'] === '1', ports, mailHosts })
}
