import { languageNames, languageTags, type Locale, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { escapeMarkup as escape } from '#platform/text/escape.ts'
import type { Problem } from './problem.ts'
import type { Rendered } from './renderer.ts'

/**
 * The page of an error for when the pages themselves fail: words and links, no style, no database. In the reader's
 * locale, or in all five where that is not known.
 */
export function bareProblem(problem: Problem, locale?: Locale): Rendered {
  const shown = locale === undefined ? locales : [locale]
  const parts = shown.map((one) => {
    const t = translator(one)
    return `<section lang="${languageTags[one]}">
<h1>${escape(t(`errors:${problem.code}`, problem.params))}</h1>
<p><a href="/${one}">${escape(languageNames[one])}</a></p>
</section>`
  })
  const body = `<!doctype html>
<html lang="${languageTags[locale ?? 'en']}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${problem.status}</title>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`
  return {
    status: problem.status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...problem.headers },
    body: Buffer.from(body),
  }
}

/** An error as machines read it (RFC 9457). */
export function problemJson(problem: Problem): Rendered {
  const { code, params, status } = problem
  const document = { type: 'about:blank', status, code, params, title: translator('en')(`errors:${code}`, params) }
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...problem.headers },
    body: Buffer.from(JSON.stringify(document)),
  }
}
