import { BlockList, isIP } from 'node:net'

/** IPv4 networks that are not for everybody, as IANA's registry of special addresses lists them; multicast and what is reserved, too. */
const special4: [network: string, prefix: number][] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.31.196.0', 24],
  ['192.52.193.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
]
/** Of IPv6 only this is handed out to anybody; IPv4 in another spelling, link-local and private addresses all lie outside of it. */
const global6: [network: string, prefix: number] = ['2000::', 3]
/** What is special inside of it: protocol assignments and Teredo, documentation, 6to4, AS112. */
const special6: [network: string, prefix: number][] = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20], ['2620:4f:8000::', 48]]

const refused = new BlockList()
for (const [network, prefix] of special4) refused.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of special6) refused.addSubnet(network, prefix, 'ipv6')
const global = new BlockList()
global.addSubnet(...global6, 'ipv6')

/** Whether an address is one of the open Internet, that is, neither private, local, reserved nor an IPv4 address in the clothes of IPv6. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4: return !refused.check(address, 'ipv4')
    case 6: return !address.includes('%') && global.check(address, 'ipv6') && !refused.check(address, 'ipv6')
    default: return false
  }
}
