import { expect, it } from 'vitest'
import { newFeedToken } from '#features/feeds/model.ts'
import { loggable } from '#platform/http/loggable.ts'
import { paths } from '#platform/paths.ts'

it('keeps the token of a feed out of the log, whatever is around it', () => {
  const token = newFeedToken()
  const feed = paths.feed(token)
  for (const address of [
    feed,
    `${feed}?a=b`,
    `/${feed}`,
    `${feed}/more`,
    feed.replace('.ics', ''),
    `/feeds/x\n${token}`,
  ]) {
    expect(loggable(address)).not.toContain(token)
  }
  expect(loggable(feed)).toBe('/feeds/…')
})

it('leaves every other address as it is', () => {
  for (const address of ['/', '/en/office/feed?done=chosen', '/en/agreements?q=/feeds/']) {
    expect(loggable(address)).toBe(address)
  }
})
