import { Readable } from 'node:stream'

/** A JSON object whose last member is a list that is written as it is read: one item a line. */
export function jsonStream(head: object, listName: string, items: AsyncIterable<unknown>): Readable {
  async function* parts() {
    yield `${JSON.stringify(head).slice(0, -1)},${JSON.stringify(listName)}:[`
    let before = '\n'
    for await (const item of items) {
      yield before + JSON.stringify(item)
      before = ',\n'
    }
    yield '\n]}\n'
  }
  return Readable.from(parts(), { objectMode: false })
}
