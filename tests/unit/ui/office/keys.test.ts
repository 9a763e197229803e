import { describe, expect, it } from 'vitest'
import { nextRow } from '#ui/office/rows.ts'
import { mainButton } from '#ui/office/send-key.ts'

describe('rows', () => {
  it.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 0, 1],
    ['ArrowUp', 2, 1],
    ['Home', 2, 0],
    ['End', 0, 2],
    ['Home', -1, 0],
  ])('%s leads from %i to %i', (key, at, to) => {
    expect(nextRow(key, at, 3)).toBe(to)
  })

  it.each([
    ['ArrowDown', 2, 3],
    ['ArrowUp', 0, 3],
    ['ArrowUp', -1, 3],
    ['Home', 0, 3],
    ['End', 2, 3],
    ['Enter', 1, 3],
    ['constructor', 1, 3],
    ['Home', -1, 0],
    ['End', -1, 0],
    ['ArrowDown', -1, 0],
  ])('%s leads nowhere from %i of %i', (key, at, count) => {
    expect(nextRow(key, at, count)).toBeUndefined()
  })
})

describe('the button of a form', () => {
  const button = (value: string, part = {}) => ({ name: 'do', value, isFirst: false, redraws: false, ...part })

  it('is the one there is, or the one that Enter presses', () => {
    expect(mainButton([button('save')])?.value).toBe('save')
    expect(mainButton([button('add', { redraws: true }), button('save')])?.value).toBe('save')
    expect(mainButton([button('save', { isFirst: true }), button('archive'), button('save')])?.value).toBe('save')
    expect(mainButton([button(''), button('')])?.value).toBe('')
  })

  it('is none where nobody chose between approving and returning', () => {
    expect(mainButton([button('approved'), button('returned')])).toBeUndefined()
    expect(mainButton([])).toBeUndefined()
  })
})
