import { Socket } from 'node:net'
import { afterEach, beforeEach, expect, vi } from 'vitest'

/**
 * Rules for every test: what it writes to the console it must expect (`expectConsole`), and it may talk to this
 * machine only. (Rejections that nobody handles fail the run by themselves.)
 */

const methods = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const
type Method = (typeof methods)[number]

const written: { method: Method; text: string }[] = []
const outside: string[] = []

/** Declares that the test wrote this to the console; what is left over afterwards fails it. */
export function expectConsole(method: Method, text: string | RegExp): void {
  const at = written.findIndex(
    (entry) =>
      entry.method === method && (typeof text === 'string' ? entry.text.includes(text) : text.test(entry.text)),
  )
  expect(at, `nothing like ${text} was written by console.${method}`).not.toBe(-1)
  written.splice(at, 1)
}

/** Connections to other machines that the test attempted, for a test of this very rule: they are then forgotten. */
export const outsideConnections = (): string[] => outside.splice(0)

beforeEach(() => {
  written.length = 0
  outside.length = 0
  for (const method of methods) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      written.push({ method, text: parts.map((part) => (part instanceof Error ? part.stack : String(part))).join(' ') })
    })
  }
})

afterEach(() => {
  expect(written, 'unexpected console output').toEqual([])
  expect(outside, 'connections to other machines').toEqual([])
})

const connect = Reflect.get(Socket.prototype, 'connect') as (...parameters: unknown[]) => Socket

Socket.prototype.connect = function guarded(this: Socket, ...parameters: unknown[]) {
  const host = hostOf(parameters.flat())
  if (host !== undefined && !isLoopback(host)) {
    outside.push(host)
    throw new Error(`Tests do not talk to other machines (${host})`)
  }
  return Reflect.apply(connect, this, parameters)
}

/** The host of `connect(options)`, `connect(port, host)` or `connect(path)`; undefined for this machine. */
function hostOf(parameters: readonly unknown[]): string | undefined {
  const [first, second] = parameters
  if (typeof first === 'object' && first !== null) return (first as { host?: string }).host
  return typeof first !== 'string' && typeof second === 'string' ? second : undefined
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || host.startsWith('127.') || host.startsWith('/')
}
