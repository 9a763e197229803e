import { expect, it } from 'vitest'
import { isQuarter, shareOf } from '#ui/office/upload.ts'

it('knows how much of a file is on its way', () => {
  expect(shareOf(0, 200)).toBe(0)
  expect(shareOf(50, 200)).toBe(0.25)
  expect(shareOf(201, 200)).toBe(1)
  expect(shareOf(0, 0)).toBe(0)
})

it('says it at quarters alone', () => {
  const shares = Array.from({ length: 101 }, (_, at) => at / 100)
  const said = shares.filter((share, at) => at > 0 && isQuarter(shares[at - 1]!, share))
  expect(said).toEqual([0.25, 0.5, 0.75, 1])
})
