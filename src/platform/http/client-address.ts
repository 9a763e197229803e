import type { IncomingMessage } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'

/** Tells the address of the client of a request. */
export type ClientAddress = (request: IncomingMessage) => string

const family = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4')

/**
 * The peer's address; where the peer is one of our own proxies, the nearest address in `X-Forwarded-For` that is not.
 * Whatever else that header says was written by the client.
 */
export function clientAddressOf(trustedProxies: readonly string[]): ClientAddress {
  if (trustedProxies.length === 0) return (request) => request.socket.remoteAddress ?? ''
  const trusted = new BlockList()
  for (const network of trustedProxies) {
    const [address = '', bits] = network.split('/')
    if (bits === undefined) trusted.addAddress(address, family(address))
    else trusted.addSubnet(address, Number(bits), family(address))
  }
  return (request) => {
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => part.trim())
    let address = request.socket.remoteAddress ?? ''
    while (trusted.check(address, family(address))) {
      const before = forwarded.pop()
      if (before === undefined || before === '') break
      address = before
    }
    return address
  }
}
