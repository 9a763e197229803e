import { describe, expect, it } from 'vitest'
import { isChanged } from '#ui/office/changes.ts'

const option = (selected: boolean, defaultSelected = false) => ({ selected, defaultSelected })

describe('a control is changed', () => {
  it.each([
    ['a text', { type: 'text', value: 'b', defaultValue: 'a' }],
    ['lines', { type: 'textarea', value: '', defaultValue: 'a' }],
    ['a box', { type: 'checkbox', value: 'yes', checked: true, defaultChecked: false }],
    ['a choice', { type: 'radio', value: 'x', checked: false, defaultChecked: true }],
    ['a list', { type: 'select-one', value: 'b', options: [option(false, true), option(true)] }],
    ['a list without a choice', { type: 'select-one', value: 'b', options: [option(false), option(true)] }],
    ['a list of several', { type: 'select-multiple', value: 'a', options: [option(true)] }],
    ['a file', { type: 'file', value: 'C:\\fakepath\\x', files: { length: 1 } }],
  ])('%s', (_, control) => {
    expect(isChanged(control)).toBe(true)
  })
})

describe('a control is as it came', () => {
  it.each([
    ['a text', { type: 'text', value: 'a', defaultValue: 'a' }],
    ['a box', { type: 'checkbox', value: 'yes', checked: true, defaultChecked: true }],
    ['a list', { type: 'select-one', value: 'b', options: [option(false), option(true, true)] }],
    ['a list at its first', { type: 'select-one', value: 'a', options: [option(true), option(false)] }],
    ['a list of several', { type: 'select-multiple', value: '', options: [option(false), option(false)] }],
    ['no file', { type: 'file', value: '', files: { length: 0 } }],
    ['a button', { type: 'submit', value: 'save' }],
    ['a group', { type: 'fieldset', value: '' }],
  ])('%s', (_, control) => {
    expect(isChanged(control)).toBe(false)
  })
})
