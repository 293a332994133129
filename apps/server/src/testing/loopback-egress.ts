import type { OpenOptions } from '../longshore.ts'

/** Rules under which names of the test stand for this computer, at any of `ports`; every other name does not exist. */
export function loopbackEgress(ports: number[]): NonNullable<OpenOptions['egress']> {
  return {
    http: true, ports, isAllowed: (address) => address === '127.0.0.1',
    resolve: (host) => (host.endsWith('.example.com') ? Promise.resolve([{ address: '127.0.0.1', family: 4 }]) : Promise.reject(Object.assign(new Error(host), { code: 'ENOTFOUND' }))),
  }
}
