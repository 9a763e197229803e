import { describe, expect, it } from 'vitest'
import { byName, fold, hasWords, type Published, shelfOf } from '#features/publications/shelf.ts'
import { otherNames } from '#features/publications/institutions-view.ts'

const partner = (slug: string, names: Record<string, string>, acronyms: string[] = []) =>
  ({
    recordId: slug,
    slug,
    oldSlugs: [`old-${slug}`],
    recordKind: 'university',
    content: {
      acronyms,
      texts: Object.fromEntries(
        Object.entries(names).map(([language, value]) => [language, { name: { value, status: 'reviewed' } }]),
      ),
    },
  }) as unknown as Published<'partner'>

const shelf = shelfOf([
  partner('chongqing', { zh: '重庆大学', en: 'Chongqing University' }),
  partner('yunnan', { zh: '云南大学', en: 'Yunnan University' }, ['YNU']),
  partner('ava', { zh: '阿瓦大学', en: 'Ava University' }),
  partner('hanoi', { vi: 'Đại học Hà Nội', en: 'Hanoi University' }),
])

describe('the order of names', () => {
  it('is that of pinyin in Chinese, and of the name that is shown', () => {
    const order = byName(shelf, 'zh').map(({ slug }) => slug)
    expect(order.filter((slug) => slug !== 'hanoi')).toEqual(['ava', 'chongqing', 'yunnan'])
  })

  it('is that of the reader’s own names in Vietnamese', () => {
    expect(byName(shelf, 'vi').map(({ slug }) => slug)).toEqual(['ava', 'chongqing', 'hanoi', 'yunnan'])
  })
})

describe('words in names', () => {
  const found = (words: string) =>
    shelf.records.filter((record) => hasWords(shelf, record, words)).map(({ slug }) => slug)

  it('are found whatever the language, case and accents', () => {
    expect(found('云南')).toEqual(['yunnan'])
    expect(found('YUNNAN univ')).toEqual(['yunnan'])
    expect(found('ha noi')).toEqual(['hanoi'])
    expect(found('dai hoc')).toEqual(['hanoi'])
    expect(found('ynu')).toEqual(['yunnan'])
  })

  it('must all be there', () => {
    expect(found('yunnan hanoi')).toEqual([])
  })

  it('keep the marks of scripts in which they are letters', () => {
    expect(fold('เชียงใหม่')).not.toBe(fold('เชยงใหม'))
    expect(fold('မြန်မာ')).toBe('မြန်မာ')
  })
})

it('finds a record by its former slug', () => {
  expect(shelf.byOldSlug.get('old-yunnan')?.slug).toBe('yunnan')
})

it('lists other names in the order of the locales, then the rest', () => {
  const texts = partner('x', { lo: 'ລາວ', my: 'မြန်မာ', en: 'Lao', zh: '老挝', th: 'ลาว' }).content.texts
  expect(otherNames(texts, 'name', 'en').map(({ lang }) => lang)).toEqual(['zh-Hans', 'th', 'my', 'lo'])
})
