import MarkdownIt from 'markdown-it'

/** HTML in the source is shown as text, and links with a scheme that could run anything are not made. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })

/** Renders an editorial page. A page has its title above it, so that its own headings start at the second level. */
export function renderMarkdown(source: string): { html: string; description: string } {
  const tokens = markdown.parse(source, {})
  const atTop = tokens.some((token) => token.type === 'heading_open' && token.tag === 'h1')
  let section = 0
  for (const token of tokens) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue
    const level = Math.min(6, Number(token.tag.slice(1)) + (atTop ? 1 : 0))
    token.tag = `h${level}`
    // Numbered, so that an address of a section is the same in every language.
    if (token.type === 'heading_open') token.attrSet('id', `section-${(section += 1)}`)
  }
  const first = tokens.find((token, at) => token.type === 'inline' && tokens[at - 1]?.type === 'paragraph_open')
  const words = (first?.children ?? []).filter(({ type }) => type === 'text' || type === 'code_inline')
  return {
    html: markdown.renderer.render(tokens, markdown.options, {}),
    description: words
      .map(({ content }) => content)
      .join('')
      .slice(0, 200),
  }
}
