import { expect, it } from 'vitest'
import { readPlainRequest } from '#platform/http/plain-request.ts'

const head = (first: string, ...fields: string[]) => [first, ...fields, '', ''].join('\r\n')
const get = (...fields: string[]) => head('GET /en/partners?page=2 HTTP/1.1', 'Host: hub.example.org', ...fields)

it('reads what chooses the answer, by names in any case', () => {
  const text = get(
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64)',
    'ACCEPT-ENCODING:  gzip, br \t',
    'if-none-match: "abc-br"',
    'Cookie: locale=th',
    'Referer: https://hub.example.org/en',
    'Connection: Keep-Alive',
  )
  expect(readPlainRequest(text)).toEqual({
    url: '/en/partners?page=2',
    headers: {
      'accept-encoding': 'gzip, br',
      'if-none-match': '"abc-br"',
      cookie: 'locale=th',
      referer: 'https://hub.example.org/en',
    },
  })
})

it.each([
  ['a request that is not all there', get().slice(0, -2)],
  ['two requests', `${get()}${get()}`],
  ['a body behind it', `${get()}x`],
  ['another method', head('HEAD /en HTTP/1.1', 'Host: a')],
  ['a method in lower case', head('get /en HTTP/1.1', 'Host: a')],
  ['an older protocol', head('GET /en HTTP/1.0', 'Host: a')],
  ['another version', head('GET /en HTTP/1.10', 'Host: a')],
  ['an absolute target', head('GET http://a/en HTTP/1.1', 'Host: a')],
  ['two spaces', head('GET  /en HTTP/1.1', 'Host: a')],
  ['a tab', head('GET\t/en HTTP/1.1', 'Host: a')],
  ['a space behind it', head('GET /en HTTP/1.1 ', 'Host: a')],
  ['bytes that are no ASCII', head('GET /\u00e9 HTTP/1.1', 'Host: a')],
  ['no host', head('GET /en HTTP/1.1')],
  ['two hosts', get('Host: other')],
  ['a length', get('Content-Length: 0')],
  ['chunks', get('Transfer-Encoding: chunked')],
  ['chunks in other letters', get('tRANSFER-eNCODING: chunked')],
  ['a range', get('Range: bytes=0-1')],
  ['an upgrade', get('Upgrade: websocket')],
  ['an expectation', get('Expect: 100-continue')],
  ['a connection to be closed', get('Connection: close')],
  ['a connection header that names another', get('Connection: keep-alive, te')],
  ['a header twice', get('Accept-Encoding: br', 'accept-encoding: gzip')],
  ['a folded line', get('X-A: 1', ' folded')],
  ['a blank before the colon', get('Transfer-Encoding : chunked')],
  ['no colon', get('Transfer-Encoding')],
  ['no name', get(': x')],
  ['a bare line feed', get('X-A: 1\nTransfer-Encoding: chunked')],
  ['a bare carriage return', get('X-A: 1\rTransfer-Encoding: chunked')],
  ['a null', get('X-A: \u0000')],
  ['an empty line in front', `\r\n${get()}`],
  ['nothing', ''],
])('leaves %s to the real parser', (_, text) => {
  expect(readPlainRequest(text)).toBeUndefined()
})
