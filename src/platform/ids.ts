import { randomUUIDv7 } from 'node:crypto'

let last = ''

/**
 * A new key: a UUIDv7, so that keys sort by the time they were made. Those of a process ascend also within a millisecond
 * and while its clock goes back (RFC 9562, 6.2): what one transaction writes is read in the order in which it was done.
 */
export function newId(): string {
  const id = randomUUIDv7()
  last = id > last ? id : after(last)
  return last
}

const randomDigits = 12

/** The next one of the same millisecond; its last digits count on. */
function after(id: string): string {
  const counted = (BigInt(`0x${id.slice(-randomDigits)}`) + 1n).toString(16).padStart(randomDigits, '0')
  // One in 280 trillion ends with nothing but f: then time decides again.
  return counted.length > randomDigits ? randomUUIDv7() : id.slice(0, -randomDigits) + counted
}
