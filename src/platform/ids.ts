import { randomUUIDv7 } from 'node:crypto'

/** A new key: a UUIDv7, so that keys sort by the time they were made. */
export function newId(): string {
  return randomUUIDv7()
}
