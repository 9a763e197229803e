import MarkdownIt from 'markdown-it'
import { piecesOf } from '#platform/i18n/whole-words.ts'
import { shorten } from '#platform/text/shorten.ts'

/** HTML in the source is shown as text, and links with a scheme that could run anything are not made. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })

markdown.renderer.rules.text = (tokens, at) =>
  piecesOf(tokens[at]?.content ?? '')
    .map(({ text, whole }) => {
      const escaped = markdown.utils.escapeHtml(text)
      return whole ? `<span class="whole">${escaped}</span>` : escaped
    })
    .join('')

/** `## Heading {#name}`: the address of a section, the same in every language. */
const anchor = /\s*\{#([a-z][a-z0-9-]*)\}$/

/**
 * Renders an editorial page: HTML, and its first paragraph as plain text. A page has its title above it, so that its
 * own headings start at the second level.
 */
export function renderMarkdown(source: string): { html: string; description: string } {
  const tokens = markdown.parse(source, {})
  const deeper = tokens.some(({ type, tag }) => type === 'heading_open' && tag === 'h1') ? 1 : 0
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue
    token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + deeper)}`
    const words = token.type === 'heading_open' ? tokens[at + 1]?.children?.at(-1) : undefined
    const [mark, name] = anchor.exec(words?.content ?? '') ?? []
    if (words === undefined || mark === undefined || name === undefined) continue
    token.attrSet('id', name)
    words.content = words.content.slice(0, -mark.length)
  }
  const first = tokens.find((token, at) => token.type === 'inline' && tokens[at - 1]?.type === 'paragraph_open')
  return {
    html: markdown.renderer.render(tokens, markdown.options, {}),
    description: shorten(
      (first?.children ?? [])
        .filter(({ type }) => type === 'text' || type === 'code_inline')
        .map(({ content }) => content)
        .join(''),
      200,
    ),
  }
}
