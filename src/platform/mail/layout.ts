import { type Locale, languageTags } from '#platform/i18n/locales.ts'
import { escapeMarkup as escape } from '#platform/text/escape.ts'
import { mailTypes } from './typography.ts'

/** What a letter says. Everything is plain text; a paragraph may have lines of its own. */
export interface MailContent {
  readonly locale: Locale
  readonly title: string
  readonly paragraphs: readonly string[]
  /** What it is about, as label and value. */
  readonly facts?: readonly (readonly [label: string, value: string])[]
  /** The one thing to do about it; an absolute `http` or `https` address. */
  readonly action?: { readonly label: string; readonly href: string }
  /** Who writes, and why to this person. */
  readonly footer: string
}

/**
 * A letter as text and as HTML. Mail programs drop style sheets, web fonts and layout of every kind, so that each element
 * carries its own style and nothing but blocks below each other is asked for; the style sheet adds dark mode where it is
 * read.
 * @throws TypeError where the action's address is no web address
 */
export function renderMail(content: MailContent): { readonly text: string; readonly html: string } {
  const { action } = content
  if (action !== undefined && !/^https?:$/.test(URL.parse(action.href)?.protocol ?? '')) {
    throw new TypeError(`not a web address: ${action.href}`)
  }
  return { text: textOf(content), html: htmlOf(content) }
}

function textOf({ locale, title, paragraphs, facts = [], action, footer }: MailContent): string {
  const colon = locale === 'zh' ? '：' : ': '
  const blocks = [
    title,
    ...paragraphs,
    facts.map(([label, value]) => `${label}${colon}${value}`).join('\n'),
    action === undefined ? '' : `${action.label}${colon.trimEnd()}\n${action.href}`,
    footer,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function htmlOf({ locale, title, paragraphs, facts = [], action, footer }: MailContent): string {
  const type = mailTypes[locale]
  const words = `font-family:${type.family};line-height:${type.leading};overflow-wrap:break-word;word-wrap:break-word;${type.breaking}`
  const body = `${words}font-size:16px;color:${ink}`
  return `<!doctype html>
<html lang="${languageTags[locale]}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>${escape(title)}</title>
<style>${darkMode}</style>
</head>
<body class="ground" style="margin:0;padding:0;background-color:${ground}">
<div class="ground" lang="${languageTags[locale]}" style="padding:24px 12px;background-color:${ground}">
<div class="sheet" style="max-width:600px;margin:0 auto;padding:28px 24px;background-color:${sheet};border-top:4px solid ${lake}">
<h1 class="ink" style="${words}margin:0 0 20px;font-size:22px;line-height:${type.leadingTight};font-weight:600;color:${ink}">${escape(title)}</h1>
${paragraphs.map((text) => `<p class="ink" style="${body};margin:0 0 16px">${lines(text)}</p>`).join('\n')}
${facts.length === 0 ? '' : factList(facts, body, words)}
${action === undefined ? '' : button(action, words)}
</div>
<p class="soft" style="${words}max-width:600px;margin:16px auto 0;padding:0 24px;font-size:14px;color:${soft}">${lines(footer)}</p>
</div>
</body>
</html>
`
}

function factList(facts: readonly (readonly [string, string])[], body: string, words: string): string {
  const rows = facts.map(
    ([label, value]) =>
      `<dt class="soft" style="${words}margin:0;font-size:14px;color:${soft}">${escape(label)}</dt>` +
      `<dd class="ink" style="${body};margin:0 0 12px">${lines(value)}</dd>`,
  )
  return `<dl class="line" style="margin:20px 0 8px;padding:16px 0 4px;border-top:1px solid ${line}">\n${rows.join('\n')}\n</dl>`
}

/** The border draws the button where a mail program leaves padding out. */
function button({ label, href }: { label: string; href: string }, words: string): string {
  return `<p style="${words}margin:20px 0 4px;font-size:16px"><a class="button" href="${escape(href)}" style="display:inline-block;padding:8px 20px;border:2px solid ${lake};border-radius:4px;background-color:${lake};color:#ffffff;font-weight:600;text-decoration:none">${escape(label)}</a></p>`
}

const lines = (text: string) => escape(text).replaceAll('\n', '<br>')

// The colours of the site (`ui/styles/tokens.css`), which no mail program would look up.
const [ground, sheet, ink, soft, line, lake] = ['#f6f8f7', '#ffffff', '#10262a', '#47595c', '#cfd9d8', '#0b545d']
const darkMode = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.ground{background-color:#0b1517!important}
.sheet{background-color:#111f22!important;border-color:#7fd0d3!important}
.ink{color:#e6efee!important}
.soft{color:#a9bcbd!important}
.line{border-color:#2b3d41!important}
}`
