import { expect, test } from 'vitest'
import { checkEntry, checkPerson, checkTask, checkVisit } from '#features/visits/check.ts'
import type { Known, Typed } from '#features/visits/model.ts'
import { personTyped, visitTyped } from '#features/visits/typed.ts'

const known: Known = { partners: new Set(['p1', 'p2']), officers: new Set(['o']), selections: new Set(['s']) }
const form = (values: Record<string, string>, keep: string[] = []): Typed => ({ values, keep })
const told = (checked: object) =>
  'problems' in checked
    ? (checked.problems as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`)
    : (checked as { words: object }).words

const visit = {
  'title.th': 'คณะผู้แทน',
  startsOn: '2026-05-04',
  endsOn: '2026-05-06',
  first: 'th',
  second: 'zh',
  'host.0': 'p1',
  'guest.0': 'p2',
  'guest.1': 'p2',
}

test('a visit needs a title, its days and a language', () => {
  expect(told(checkVisit(form(visit), ['s', 's'], known))).toMatchObject({
    titles: { th: 'คณะผู้แทน' },
    hostIds: ['p1'],
    guestIds: ['p2'],
    selectionIds: ['s'],
    secondLanguage: 'zh',
  })
  expect(told(checkVisit(form({}), [], known))).toEqual(['first required', 'startsOn required', 'title.zh required'])
  expect(told(checkVisit(form({ ...visit, endsOn: '2026-05-03' }), [], known))).toEqual(['endsOn end_before_start'])
  expect(told(checkVisit(form({ ...visit, endsOn: '2027-05-03' }), [], known))).toEqual(['endsOn visit_too_long'])
  expect(told(checkVisit(form({ ...visit, 'host.0': 'x' }), ['gone'], known))).toEqual([
    'selections unknown_selection',
    'host.0 unknown_choice',
  ])
  expect(told(checkVisit(form({ ...visit, second: 'th' }), [], known))).toEqual(['second same_language'])
})

test('a form holds what was kept, and says the same again', () => {
  const checked = checkVisit(form(visit), ['s'], known)
  if (!('words' in checked)) throw new Error('a right form was refused')
  expect(checkVisit(visitTyped(checked.words), ['s'], known)).toEqual(checked)
})

test('a person has a name in one script at least, never split', () => {
  const person = { side: 'guest', rank: '၂', 'name.my': 'ဒေါ်ခင်ခင်', 'other.language': 'km', 'other.name': 'ខេមរា' }
  const checked = checkPerson(form(person), known)
  expect(told(checked)).toMatchObject({ rank: 2, names: { my: 'ဒေါ်ခင်ခင်', km: 'ខេមរា' } })
  if ('words' in checked) expect(checkPerson(personTyped(checked.words), known)).toEqual(checked)
  expect(told(checkPerson(form({ side: 'guest', rank: '0' }), known))).toEqual(['rank count', 'name.zh name_missing'])
  expect(told(checkPerson(form({ ...person, 'other.language': '', email: 'x' }), known))).toEqual([
    'other.language required',
    'email email',
  ])
})

test('an entry of the programme lies within the visit, at a time of day', () => {
  const days = { startsOn: '2026-05-04', endsOn: '2026-05-06', firstLanguage: 'th' } as const
  const entry = { day: '2026-05-05', startsAt: '9.30', endsAt: '10:00', 'what.th': 'ประชุม' }
  expect(told(checkEntry(form(entry), days))).toMatchObject({ startsAt: '09:30', endsAt: '10:00' })
  expect(told(checkEntry(form({ day: '2026-05-07', startsAt: '25:00' }), days))).toEqual([
    'day day_outside',
    'startsAt time',
    'what.th required',
  ])
  expect(told(checkEntry(form({ ...entry, endsAt: '08:00' }), days))).toEqual(['endsAt end_before_start'])
})

test('a task needs words alone', () => {
  expect(told(checkTask(form({ what: 'Send the minutes' }), known))).toEqual({
    what: 'Send the minutes',
    officerId: null,
    dueOn: null,
  })
  expect(told(checkTask(form({ officer: 'x', dueOn: '2026-13-01' }), known))).toEqual([
    'what required',
    'officer unknown_choice',
    'dueOn date',
  ])
})
