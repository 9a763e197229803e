import { describe, expect, test } from 'vitest'
import { languageTags, locales } from '#platform/i18n/locales.ts'
import { renderMail } from '#platform/mail/layout.ts'
import { escapeMarkup } from '#platform/text/escape.ts'
import { contents } from './contents.ts'

describe.each(locales)('a letter in %s', (locale) => {
  const content = contents[locale]
  const { text, html } = renderMail(content)

  test('says the same as text and as HTML', () => {
    const said = [
      content.title,
      ...content.paragraphs,
      ...(content.facts ?? []).flat(),
      content.action?.label ?? '',
      content.action?.href ?? '',
      ...content.footer.split('\n'),
    ]
    for (const words of said) {
      expect(text).toContain(words)
      expect(html).toContain(escapeMarkup(words))
    }
    expect(text).not.toMatch(/\n{3}|[ \t]$/m)
  })

  test('names its language, and loads nothing from anywhere', () => {
    expect(html).toContain(`<html lang="${languageTags[locale]}"`)
    expect(html).not.toMatch(/<script|<img|<link|url\(|@import|@font-face|\son\w+=/i)
    expect(new Set(html.match(/https?:[^"]*/g))).toEqual(new Set([escapeMarkup(content.action?.href ?? '')]))
  })
})

test('markup in the words is words', () => {
  const evil = '<script>alert(1)</script>"\'&'
  const { text, html } = renderMail({
    locale: 'en',
    title: evil,
    paragraphs: [evil],
    facts: [[evil, evil]],
    action: { label: evil, href: 'https://hub.example.org/?a="><b>&c' },
    footer: evil,
  })
  expect(html).not.toMatch(/<script|<b>/)
  expect(html.match(/&lt;script&gt;/g)).toHaveLength(7)
  expect(text.split(evil)).toHaveLength(7)
})

test('an action leads to the web, and nowhere else', () => {
  for (const href of ['javascript:alert(1)', '/en/office', 'data:text/html,x', 'file:///etc/passwd', '']) {
    expect(() => renderMail({ ...contents.en, action: { label: 'Open', href } }), href).toThrow(TypeError)
  }
})

test('what there is none of leaves no trace', () => {
  const { text, html } = renderMail({ locale: 'zh', title: '标题', paragraphs: [], footer: '云桥' })
  expect(text).toBe('标题\n\n云桥\n')
  expect(html).not.toMatch(/<dl|<a /)
})
