import type { APIRoute } from 'astro'
import { seeOther } from '#features/accounts/enter-office.ts'
import { choiceHref, subjectOf } from '#features/briefs/download.ts'
import { languagesAsked } from '#features/briefs/languages.ts'
import { wholeSlug } from '#features/briefs/model.ts'
import { makeForAMoment } from '#features/made-briefs/made-work.ts'
import { orderPublicReport } from '#features/register-reports/orders.ts'
import { paths } from '#platform/paths.ts'

/** Puts a long report of the public register in line. Not the page that offers it, which is the same for everybody. */
export const POST: APIRoute = async ({ url, locals: { context, locale }, clientAddress: address }) => {
  const code = await orderPublicReport(context, { locale, address, search: url.searchParams })
  await makeForAMoment(context, code)
  return seeOther(paths.madeReport(locale, code))
}

/** Whoever comes here by the address wants the page that offers it. */
export const GET: APIRoute = ({ url: { searchParams }, locals: { locale }, redirect }) => {
  const subject = subjectOf({ segment: 'register', slug: wholeSlug }, searchParams)
  return redirect(choiceHref(locale, subject, languagesAsked(locale, searchParams)), 302)
}
