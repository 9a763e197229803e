import { expect, it } from 'vitest'
import { described, fieldId } from '#ui/forms/describe.ts'

it('makes ids that selectors can name', () => {
  expect(fieldId('parties.1.names[th]')).toBe('field-parties-1-names-th-')
})

it('ties a control to its hint and its error', () => {
  expect(described('x', { hint: 'a', error: 'b', required: true })).toEqual({
    'aria-describedby': 'x-hint x-error',
    'aria-invalid': 'true',
    required: true,
  })
  expect(described('x', { hint: undefined, error: undefined, required: undefined })).toEqual({
    'aria-describedby': undefined,
    'aria-invalid': undefined,
    required: undefined,
  })
})
