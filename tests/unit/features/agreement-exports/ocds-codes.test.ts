import { expect, test } from 'vitest'
import {
  awardStatus,
  contractStatus,
  milestoneStatus,
  youngerCurrencies,
} from '#features/agreement-exports/ocds-codes.ts'
import { releaseSchema } from '#tests/support/ocds/validator.ts'

const { definitions } = releaseSchema as {
  definitions: Record<string, { properties: Record<string, { enum?: readonly (string | null)[] }> }>
}
const known = (definition: string, property: string) => definitions[definition]?.properties[property]?.enum ?? []

test.each([
  ['Contract', 'status', Object.values(contractStatus)],
  ['Award', 'status', Object.values(awardStatus)],
  ['Milestone', 'status', Object.values(milestoneStatus)],
])('every code of the closed list of %s %s is in it', (definition, property, codes) => {
  expect(known(definition, property)).toEqual(expect.arrayContaining(codes))
})

test('every currency that an agreement can have is one of OCDS, or known to be younger', () => {
  const ofOcds = known('Value', 'currency')
  expect(Intl.supportedValuesOf('currency').filter((code) => !ofOcds.includes(code))).toEqual([...youngerCurrencies])
})
