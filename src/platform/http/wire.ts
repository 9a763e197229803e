import { STATUS_CODES } from 'node:http'
import type { ReadyAnswer } from './stored-page.ts'

/** Answers as bytes, each made at most once a second: the date is in them. */
export function createWire(nowMs: () => number = Date.now) {
  let second = 0
  let date = ''
  let made = new WeakMap<readonly string[], Buffer>()

  function tick(): void {
    const now = Math.floor(nowMs() / 1000)
    if (now === second) return
    second = now
    date = new Date(now * 1000).toUTCString()
    made = new WeakMap()
  }

  /** The bytes of an answer on a connection that stays open. Its headers are the key: they belong to one variant. */
  return (answer: ReadyAnswer): Buffer => {
    tick()
    const before = made.get(answer.headers)
    if (before !== undefined) return before
    const { status, headers, body } = answer
    const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`]
    for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`)
    lines.push(`Date: ${date}`, 'Connection: keep-alive', '', '')
    const head = Buffer.from(lines.join('\r\n'), 'latin1')
    const bytes = body === undefined ? head : Buffer.concat([head, body])
    made.set(headers, bytes)
    return bytes
  }
}
