import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type AuditValue,
  canonicalInstant,
  canonicalJson,
  commitment,
  genesisHash,
  sealHash,
} from '#platform/audit/canonical.ts'

test('the order of keys does not matter', () => {
  expect(canonicalJson({ b: 1, a: [null, { d: 'x', c: true }] })).toBe('{"a":[null,{"c":true,"d":"x"}],"b":1}')
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value as AuditValue))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('an instant has one form, whatever the driver gives', () => {
  expect(canonicalInstant('2026-03-02 09:00:00.5+08')).toBe('2026-03-02T01:00:00.500000Z')
  expect(canonicalInstant('2026-03-02T01:00:00.500Z')).toBe('2026-03-02T01:00:00.500000Z')
})

test('a commitment depends on salt, field and both values', () => {
  const change = { field: 'name', before: null, after: 'A' }
  const all = [
    commitment(change, 's'),
    commitment(change, 't'),
    commitment({ ...change, field: 'mail' }, 's'),
    commitment({ ...change, before: 'A', after: null }, 's'),
  ]
  expect(new Set(all).size).toBe(4)
})

test('a seal does not depend on the order in which changes are read', () => {
  const event = {
    id: 'e',
    at: '2026-03-02T01:00:00Z',
    actorKind: 'system',
    actorId: null,
    action: 'x',
    subjectKind: 'y',
    subjectId: null,
    commitments: [
      { field: 'a', commitment: '1' },
      { field: 'b', commitment: '2' },
    ],
  }
  const turned = { ...event, commitments: event.commitments.toReversed() }
  expect(sealHash(1, genesisHash, event)).toBe(sealHash(1, genesisHash, turned))
  expect(sealHash(1, genesisHash, event)).not.toBe(sealHash(2, genesisHash, event))
})
