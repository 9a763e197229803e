import { createHash } from 'node:crypto'
import { briefFile } from '#features/briefs/files.ts'
import type { Clock } from '#platform/clock.ts'
import type { Database } from '#db/client.ts'
import type { BriefRecipe } from '#db/schema/index.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { fingerprintOf, type Identity } from '#platform/signing/identity.ts'
import { signPdf } from '#platform/signing/sign-pdf.ts'
import type { Signer } from '#platform/signing/signer.ts'
import { writeCode } from './code.ts'
import { contentKey, issuedOn } from './content.ts'
import { namedEditions } from './editions.ts'
import type { OfficeRecord } from './office-records.ts'
import { confirm, findByContent, noteFile, register, type RegisterEntry } from './register.ts'
import { withVerification } from './verification-block.ts'

export interface IssueContext {
  readonly database: Database
  readonly clock: Clock
  readonly signer: Signer
  readonly config: { readonly baseUrl: string; readonly officeTimeZone: string }
}

/** A document on its way to become a brief. */
export interface BriefToIssue {
  /** `partner`, `delegation` … */
  readonly kind: string
  /** Made today: another day of issue is put in its places where it was issued before. */
  readonly document: DocumentModel
  /** In the order in which they stand. */
  readonly languages: readonly Locale[]
  /** For the office alone: its page says that it is genuine, and nothing of what it is about. */
  readonly isInternal?: boolean
  /** Records of the office that it was made from. Public ones are known by the links of the document. */
  readonly officeRecords?: readonly OfficeRecord[]
  /** What `remade` can make the document from again, for its verification page. */
  readonly recipe?: BriefRecipe
  /**
   * Makes the document once more: when it says the same, the states of the records that were read in between are those
   * that it tells of.
   */
  readonly again?: () => Promise<DocumentModel | undefined>
}

export interface IssuedBrief {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Of the bytes, as hexadecimal digits. */
  readonly sha256: string
  /** With hyphens, as it is printed. */
  readonly code: string
  /** For the first time. */
  readonly issuedAt: Temporal.Instant
}

/**
 * Issues a document: enters it into the register of issued briefs, lays it out with its code, and signs it. What says
 * the same as one that was issued before is that one, with its code and the day of its first issue.
 * @throws DomainError `unprintable` or `busy`
 */
export async function issueBrief(context: IssueContext, brief: BriefToIssue): Promise<IssuedBrief> {
  const { database, config } = context
  const identity = await context.signer.identity()
  const { entry, document } = await entered(context, brief)
  const issuedAt = Temporal.Instant.from(entry.firstIssuedAt)
  const day = issuedAt.toZonedDateTimeISO(config.officeTimeZone).toPlainDate()
  const dated = issuedOn(document, brief.languages, day)
  const issuance = { code: entry.code, issuedAt, identity }
  const { bytes } = await briefFile(withVerification(dated, brief.languages, config.baseUrl, issuance))
  const file = await signedOnce(bytes, identity, async ({ bytes: { length: sizeBytes }, sha256 }) => {
    const certificate = fingerprintOf(identity.certificate)
    await noteFile(database, { sha256, briefId: entry.id, sizeBytes, certificate, madeAt: context.clock.now() })
  })
  return { ...file, code: writeCode(entry.code), issuedAt }
}

const attempts = 3

/** The entry of a document in the register, made where there is none, and the document that it is the entry of. */
async function entered(
  { database, clock, config }: IssueContext,
  brief: BriefToIssue,
): Promise<{ readonly entry: RegisterEntry; readonly document: DocumentModel }> {
  const { kind, languages, isInternal = false, officeRecords = [] } = brief
  let { document } = brief
  for (let attempt = 1; ; attempt += 1) {
    const key = contentKey({ kind, languages, isInternal, document })
    const known = await findByContent(database, key)
    const { editions, subjectId } = await namedEditions(database, document, config.baseUrl)
    const made = { editions, officeRecords, recipe: brief.recipe }
    if (known !== undefined && isConfirmed(known, made)) return { entry: known, document }
    const next = attempt === attempts ? document : ((await brief.again?.()) ?? document)
    if (contentKey({ kind, languages, isInternal, document: next }) !== key) {
      document = next
      continue
    }
    const now = clock.now()
    if (known !== undefined) {
      await confirm(database, known.id, made, now)
      return { entry: known, document }
    }
    const title = isInternal ? '' : document.title
    const entry = { contentKey: key, kind, title, languages, isInternal, subjectId: isInternal ? undefined : subjectId }
    return { entry: await register(database, { ...entry, ...made }, now), document }
  }
}

interface MadeFrom {
  readonly editions: readonly string[]
  readonly officeRecords: readonly OfficeRecord[]
}

function isConfirmed(entry: RegisterEntry, made: MadeFrom): boolean {
  const states = ({ editions, officeRecords }: MadeFrom) =>
    JSON.stringify([
      editions.toSorted(),
      officeRecords.map(({ kind, id, version }) => `${kind} ${id} ${version}`).toSorted(),
    ])
  return states(entry) === states(made)
}

interface SignedFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly sha256: string
}

/** Signed files of layouts that are kept: an ECDSA key would sign each time differently. */
const signed = new WeakMap<Uint8Array, { readonly identity: Identity; readonly file: Promise<SignedFile> }>()

/** @param note done once with each file, before anybody gets it */
function signedOnce(
  bytes: Uint8Array,
  identity: Identity,
  note: (file: SignedFile) => Promise<void>,
): Promise<SignedFile> {
  const known = signed.get(bytes)
  if (known?.identity === identity) return known.file
  const file = signPdf(bytes, identity).then(async (made) => {
    const result = { bytes: made, sha256: createHash('sha256').update(made).digest('hex') }
    await note(result)
    return result
  })
  signed.set(bytes, { identity, file })
  file.catch(() => signed.delete(bytes))
  return file
}
