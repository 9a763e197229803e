import { expect, it } from 'vitest'
import { digestOf, entityTag, matchesEntityTag } from '#platform/http/entity-tag.ts'

const digest = digestOf(Buffer.from('a page'))

it('gives each encoding of a body a tag of its own, and other bodies other tags', () => {
  const tags = [entityTag(digest, 'identity'), entityTag(digest, 'br'), entityTag(digest, 'gzip')]
  expect(new Set(tags).size).toBe(3)
  expect(digestOf(Buffer.from('another'))).not.toBe(digest)
  for (const tag of tags) expect(tag).toMatch(/^"[\w-]+"$/)
})

it.each([
  ['its own tag', (tag: string) => tag],
  ['its weak form, as proxies make it', (tag: string) => `W/${tag}`],
  ['one among several', (tag: string) => `"x", W/"y" ,${tag}`],
  ['any', () => '*'],
])('knows %s again, in every encoding', (_, header) => {
  for (const encoding of ['identity', 'br', 'gzip'] as const) {
    expect(matchesEntityTag(header(entityTag(digest, encoding)), digest)).toBe(true)
  }
})

it.each(['', '"x"', digest, `"${digest}`, `"${digest}x"`, `W"${digest}"`])('does not take %j for its own', (header) => {
  expect(matchesEntityTag(header, digest)).toBe(false)
})
