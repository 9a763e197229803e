import type { Database } from '#db/client.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import type { Clock } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Signer } from '#platform/signing/signer.ts'
import { maxFileBytes, type ReceivedUpload } from '#platform/uploads/receive.ts'
import { certificatesOf, type CertificateView, currentCertificate } from './certificates.ts'
import { checkFile, type Verdict } from './check-file.ts'
import { readCode, writeCode } from './code.ts'
import { countVerification } from './limits.ts'
import { findByCode, type RegisterEntry } from './register.ts'
import { isSubjectPublic, type Standing, standingOf } from './standing.ts'

export interface VerifyContext {
  readonly database: Database
  readonly clock: Clock
  readonly signer: Signer
  readonly secretKey: string
  readonly config: { readonly baseUrl: string; readonly officeTimeZone: string }
}

/** An issued brief as whoever has its code may know it. */
export interface IssuedView {
  readonly code: string
  readonly issuedOn: Temporal.PlainDate
  /** Nothing is told of an internal one but this. */
  readonly isInternal: boolean
  readonly kind: string
  /** In its own language; undefined where the record that it is about is not public any more. */
  readonly title: { readonly value: string; readonly lang: Locale } | undefined
  readonly languages: readonly Locale[]
  readonly standing: Standing
  readonly certificates: readonly CertificateView[]
}

/** What is told of a file that was given. `entry` is the page's own where it has one. */
export type FileAnswer =
  | { readonly problem: 'missing' | 'too_large'; readonly megabytes: number }
  | { readonly verdict: Verdict['verdict']; readonly name: string; readonly issued: IssuedView | undefined }

export interface VerifyPage {
  readonly hub: Hub
  readonly certificate: CertificateView
  readonly answer: FileAnswer | undefined
}

export interface VerifyCodePage extends VerifyPage {
  readonly issued: IssuedView
}

/** The page that takes a code, or a file alone. */
export async function showVerify(
  context: VerifyContext,
  locale: Locale,
  upload: ReceivedUpload | undefined,
  isSent: boolean,
): Promise<VerifyPage> {
  return {
    hub: await loadHub(context.database),
    certificate: await currentCertificate(context),
    answer: isSent ? await answerTo(context, locale, upload) : undefined,
  }
}

/**
 * The page of a code.
 * @param given as the address has it
 * @returns the code as it is written, where the address has it otherwise
 * @throws DomainError `no_such_brief` for one that is none or nobody's, `too_many_attempts`
 */
export async function showVerifyCode(
  context: VerifyContext,
  locale: Locale,
  given: string,
  asked: { readonly address: string; readonly upload: ReceivedUpload | undefined; readonly isSent: boolean },
): Promise<VerifyCodePage | { readonly written: string }> {
  const code = readCode(given)
  // Not counted: it costs nothing, and says nothing but that somebody mistyped.
  if (code === undefined) throw new DomainError('no_such_brief')
  if (writeCode(code) !== given) return { written: writeCode(code) }
  await countVerification(context, 'lookups', asked.address)
  const entry = await findByCode(context.database, code)
  if (entry === undefined) {
    await countVerification(context, 'misses', asked.address)
    throw new DomainError('no_such_brief')
  }
  return {
    hub: await loadHub(context.database),
    certificate: await currentCertificate(context),
    issued: await viewOf(context, entry, locale),
    answer: asked.isSent ? await answerTo(context, locale, asked.upload, entry) : undefined,
  }
}

async function answerTo(
  context: VerifyContext,
  locale: Locale,
  upload: ReceivedUpload | undefined,
  page?: RegisterEntry,
): Promise<FileAnswer> {
  const megabytes = Math.floor(maxFileBytes / 1024 / 1024)
  if (upload?.notTaken === 'too_large') return { problem: 'too_large', megabytes }
  if (upload?.examined === undefined) return { problem: 'missing', megabytes }
  const verdict = await checkFile(context.database, upload.examined, page)
  const entry = 'entry' in verdict ? verdict.entry : undefined
  return {
    verdict: verdict.verdict,
    name: upload.examined.name,
    // The page tells of its own brief by itself.
    issued: entry === undefined || entry.id === page?.id ? undefined : await viewOf(context, entry, locale),
  }
}

async function viewOf(context: VerifyContext, entry: RegisterEntry, locale: Locale): Promise<IssuedView> {
  const [first = 'en'] = entry.languages
  const { database, config } = context
  const isTitled = !entry.isInternal && (await isSubjectPublic(database, entry))
  return {
    code: writeCode(entry.code),
    issuedOn: Temporal.Instant.from(entry.firstIssuedAt).toZonedDateTimeISO(config.officeTimeZone).toPlainDate(),
    isInternal: entry.isInternal,
    kind: entry.kind,
    title: isTitled ? { value: entry.title, lang: first } : undefined,
    languages: entry.isInternal ? [] : entry.languages,
    standing: await standingOf(context, entry, locale),
    certificates: await certificatesOf(database, entry.id),
  }
}
