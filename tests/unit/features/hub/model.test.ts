import { describe, expect, it } from 'vitest'
import { bestName, countryName, hubOf, termName } from '#features/hub/model.ts'

const hub = hubOf(
  [
    { key: 'site', value: { organisation: { en: 'Centre', zh: '中心' }, contact: { email: 'a@example.org' } } },
    { key: 'demonstration', value: true },
  ],
  [
    { kind: 'country', code: 'TH', content: { zh: '泰国', en: 'Thailand' } },
    { kind: 'region', code: 'ASEAN', content: { zh: '东盟', en: 'ASEAN' } },
    { kind: 'place', code: 'Dali', content: { country: 'CN', en: 'Dali' } },
    { kind: 'field', code: 'food', content: { ford: ['2.11'], zh: '食品', en: 'Food' } },
  ],
)

describe('the hub', () => {
  it('has its organisation, contact and the mark of a demonstration', () => {
    expect(hub.organisation).toEqual({ en: 'Centre', zh: '中心' })
    expect(hub.contact.email).toBe('a@example.org')
    expect(hub.demonstration).toBe(true)
  })

  it('names countries, regions and terms, and a code by itself where it has no name', () => {
    expect(countryName(hub, 'TH', 'zh')).toBe('泰国')
    expect(countryName(hub, 'ASEAN', 'en')).toBe('ASEAN')
    expect(countryName(hub, 'QQ', 'en')).toBe('QQ')
    expect(termName(hub.fields, 'food', 'zh')).toBe('食品')
  })

  it('takes no key of a place but languages for a name', () => {
    expect(hub.places.get('Dali')).toEqual({ en: 'Dali' })
  })

  it('is empty, and no demonstration, without rows', () => {
    expect(hubOf([], [])).toMatchObject({ organisation: {}, demonstration: false })
  })
})

describe('the best name', () => {
  it('is the reader’s own, then English, then Chinese, then any, with its language', () => {
    expect(bestName({ th: 'ก', en: 'a' }, 'th')).toEqual({ value: 'ก', lang: 'th' })
    expect(bestName({ zh: '中', en: 'a' }, 'th')).toEqual({ value: 'a', lang: 'en' })
    expect(bestName({ zh: '中', lo: 'ລ' }, 'th')).toEqual({ value: '中', lang: 'zh-Hans' })
    expect(bestName({ lo: 'ລ' }, 'th')).toEqual({ value: 'ລ', lang: 'lo' })
    expect(bestName({}, 'th')).toBeUndefined()
  })
})
