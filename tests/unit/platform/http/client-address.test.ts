import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { clientAddressOf } from '#platform/http/client-address.ts'

const request = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage

it('believes nobody who was not named', () => {
  expect(clientAddressOf([])(request('203.0.113.9', '198.51.100.1'))).toBe('203.0.113.9')
  expect(clientAddressOf(['10.0.0.0/8'])(request('203.0.113.9', '198.51.100.1'))).toBe('203.0.113.9')
})

it('takes from a proxy of ours the nearest address that is not one', () => {
  const address = clientAddressOf(['10.0.0.0/8', '2001:db8::/32', '192.168.1.1'])
  expect(address(request('10.1.2.3', '198.51.100.1'))).toBe('198.51.100.1')
  expect(address(request('10.1.2.3', 'made up, 198.51.100.1, 192.168.1.1'))).toBe('198.51.100.1')
  expect(address(request('2001:db8::1', '198.51.100.1, 2001:db8::2'))).toBe('198.51.100.1')
})

it('stays with the proxy where it says nothing', () => {
  const address = clientAddressOf(['10.0.0.0/8'])
  expect(address(request('10.1.2.3'))).toBe('10.1.2.3')
  expect(address(request('10.1.2.3', ''))).toBe('10.1.2.3')
})
