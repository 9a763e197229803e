import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '#features/editorial/markdown.ts'

describe('an editorial page', () => {
  it('shows HTML as text, and makes no link that runs something', () => {
    const { html } = renderMarkdown('<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](https://example.org/)')
    expect(html).not.toContain('<script')
    expect(html).not.toContain('href="javascript')
    expect(html).toContain('<a href="https://example.org/">b</a>')
  })

  it('starts below the title of the page', () => {
    expect(renderMarkdown('# One\n\n## Two').html).toMatch(/<h2>One<\/h2>\s*<h3>Two<\/h3>/)
    expect(renderMarkdown('## Two').html).toContain('<h2>Two</h2>')
  })

  it('gives a section the address that it names', () => {
    expect(renderMarkdown('## 更正与删除 {#corrections}').html).toContain('<h2 id="corrections">更正与删除</h2>')
  })

  it('describes itself by its first paragraph, without marks', () => {
    expect(renderMarkdown('## A\n\nFirst **bold** `code`.\n\nSecond.').description).toBe('First bold code.')
  })
})
