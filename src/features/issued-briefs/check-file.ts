import type { Queryable } from '#db/client.ts'
import type { Examined } from '#platform/uploads/examine.ts'
import { codePattern, readCode } from './code.ts'
import { findByCode, findByFile, type RegisterEntry } from './register.ts'

/** What a file that somebody gave turned out to be. */
export type Verdict =
  | { readonly verdict: 'genuine'; readonly entry: RegisterEntry }
  /** Genuine, but another brief than the one whose page it was given to. */
  | { readonly verdict: 'another'; readonly entry: RegisterEntry }
  /** The beginning is a genuine brief, and something was added to it: a note, a second signature. */
  | { readonly verdict: 'added'; readonly entry: RegisterEntry }
  /** It gives itself out for this brief, and is not the file that was issued. */
  | { readonly verdict: 'altered'; readonly entry: RegisterEntry }
  /** A signature of this hub is in it, and yet it is none of its files. */
  | { readonly verdict: 'signed_altered' }
  | { readonly verdict: 'foreign' }
  | { readonly verdict: 'not_pdf' }

const inAddress = '/verify/'

/** What a file of ours, changed or not, has in it: the address of its verification page. */
export const addressPattern = `${inAddress}${codePattern}`

/** @param page the brief whose page the file was given to */
export async function checkFile(
  database: Queryable,
  { sha256, isPdf, found, beginnings }: Examined,
  page?: RegisterEntry,
): Promise<Verdict> {
  const known = await findByFile(database, sha256)
  if (known !== undefined)
    return { verdict: page === undefined || page.id === known.id ? 'genuine' : 'another', entry: known }
  if (!isPdf) return { verdict: 'not_pdf' }
  for (const beginning of beginnings) {
    const entry = await findByFile(database, beginning)
    if (entry !== undefined) return { verdict: 'added', entry }
  }
  // Its own address comes last; those before it may stand in its text.
  for (const match of found.toReversed()) {
    const code = match.startsWith(inAddress) ? readCode(match.slice(inAddress.length)) : undefined
    const entry = code === undefined ? undefined : await findByCode(database, code)
    if (entry !== undefined) return { verdict: 'altered', entry }
  }
  const isSigned = found.some((match) => !match.startsWith(inAddress))
  return { verdict: isSigned ? 'signed_altered' : 'foreign' }
}
