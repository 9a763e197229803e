import { describe, expect, it } from 'vitest'
import { shorten } from '#platform/text/shorten.ts'

describe('a shortened text', () => {
  it('is whole where it fits', () => {
    expect(shorten('One two', 7)).toBe('One two')
  })

  it('ends between words, with an ellipsis, within its length', () => {
    expect(shorten('One two three', 10)).toBe('One two…')
    expect(shorten('มหาวิทยาลัยเชียงใหม่', 15)).toBe('มหาวิทยาลัย…')
    expect(shorten('云南大学位于昆明', 5)).toBe('云南大学…')
  })
})
