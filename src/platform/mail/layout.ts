import { languageTags, type Locale } from '#platform/i18n/locales.ts'

/** What a letter says. */
export interface MailWords {
  readonly locale: Locale
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly facts: readonly (readonly [label: string, value: string])[]
  readonly action?: { readonly label: string; readonly href: string }
  readonly footer: string
}

/** A letter as text and as HTML. */
export function renderMail({ locale, title, paragraphs, facts, action, footer }: MailWords): {
  readonly text: string
  readonly html: string
} {
  const text = [
    title,
    ...paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    ...(action === undefined ? [] : [`${action.label}\n${action.href}`]),
    footer,
  ].join('\n\n')
  const html = [
    `<!doctype html><html lang="${languageTags[locale]}"><head><meta charset="utf-8"><title>${escape(title)}</title></head><body>`,
    `<h1>${escape(title)}</h1>`,
    ...paragraphs.map((line) => `<p>${escape(line)}</p>`),
    `<dl>${facts.map(([label, value]) => `<dt>${escape(label)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>`,
    ...(action === undefined ? [] : [`<p><a href="${escape(action.href)}">${escape(action.label)}</a></p>`]),
    `<p>${escape(footer)}</p></body></html>`,
  ].join('')
  return { text, html }
}

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
