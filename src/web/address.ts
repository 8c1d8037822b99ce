// Which network addresses are the machine's own surroundings.
import { BlockList, isIPv6 } from 'node:net'

const near = new BlockList()
near.addSubnet('127.0.0.0', 8)
near.addSubnet('10.0.0.0', 8)
near.addSubnet('172.16.0.0', 12)
near.addSubnet('192.168.0.0', 16)
near.addAddress('::1', 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')

/** Whether an IP address is loopback or a private network (RFC 1918, RFC 4193). */
export function isPrivate(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return plain !== '' && near.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}
