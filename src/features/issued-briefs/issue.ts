import { briefFile } from '#features/briefs/files.ts'
import type { Clock } from '#platform/clock.ts'
import type { Database } from '#db/client.ts'
import type { BriefRecipe } from '#db/schema/index.ts'
import { hashOfBytes } from '#platform/hash-bytes.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { fingerprintOf, type Identity } from '#platform/signing/identity.ts'
import { signPdf } from '#platform/signing/sign-pdf.ts'
import type { Signer } from '#platform/signing/signer.ts'
import { writeCode } from './code.ts'
import { contentKey, issuedOn } from './content.ts'
import { namedEditions } from './editions.ts'
import { namedOfficeRecords, type OfficeRecord } from './office-records.ts'
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
  /**
   * Made today: another day of issue is put in its places where it was issued before. Without one, `again` makes it: a
   * very long document is then in memory once, also while it is made anew.
   */
  readonly document?: DocumentModel
  /** In the order in which they stand. */
  readonly languages: readonly Locale[]
  /** For the office alone: its page says that it is genuine, and nothing of what it is about. */
  readonly isInternal?: boolean
  /** Records of the office that it was made from and does not link; those that it links are known by that. */
  readonly officeRecords?: readonly OfficeRecord[]
  /** What `remade` can make the document from again, for its verification page. */
  readonly recipe?: BriefRecipe
  /**
   * Makes the document once more, as of an instant. When it says the same now, the states of the records that were read
   * in between are those that it tells of; as of its first issue it is drawn as it was then.
   */
  readonly again?: (at: Temporal.Instant) => Promise<DocumentModel | undefined>
  /** Nothing that is drawn in it changes with the day. */
  readonly isUndated?: boolean
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

/** A document that is in the register, as it is laid out: with its code, its day of issue and room for a signature. */
export interface PreparedBrief {
  readonly entry: RegisterEntry
  readonly document: DocumentModel
  readonly identity: Identity
}

/**
 * Enters a document into the register of issued briefs. What says the same as one that was issued before is that one,
 * with its code and the day of its first issue. Nobody finds a code before there is a file.
 */
export async function prepareBrief(context: IssueContext, brief: BriefToIssue): Promise<PreparedBrief> {
  const { config } = context
  const identity = await context.signer.identity()
  const { entry, document } = await entered(context, brief)
  const issuedAt = Temporal.Instant.from(entry.firstIssuedAt)
  const day = issuedAt.toZonedDateTimeISO(config.officeTimeZone).toPlainDate()
  const dated = document.issued.iso === day.toString() ? document : await asOf(brief, document, issuedAt, day)
  const issuance = { code: entry.code, issuedAt, identity }
  return { entry, document: withVerification(dated, brief.languages, config.baseUrl, issuance), identity }
}

/** A document as it was when it was issued first: drawings show the day, and its words do not change with it. */
async function asOf(
  brief: BriefToIssue,
  document: DocumentModel,
  issuedAt: Temporal.Instant,
  day: Temporal.PlainDate,
): Promise<DocumentModel> {
  const { kind, languages, isInternal = false } = brief
  const then = brief.isUndated ? undefined : await brief.again?.(issuedAt)
  const keyOf = (one: DocumentModel) => contentKey({ kind, languages, isInternal, document: one })
  const isSame = then !== undefined && (await keyOf(then)) === (await keyOf(document))
  return issuedOn(isSame ? then : document, languages, day)
}

/**
 * Issues a document: enters it, lays it out, signs it, and enters its file.
 * @param layOut with the process's own threads, and kept for a while, where nothing else is said
 * @throws DomainError `unprintable` or `busy`
 */
export async function issueBrief(
  context: IssueContext,
  brief: BriefToIssue,
  layOut: (document: DocumentModel) => Promise<Uint8Array> = laidOut,
): Promise<IssuedBrief> {
  return finishBrief(context, await prepareBrief(context, brief), layOut)
}

/**
 * The rest of issuing a document that was entered: lays it out, signs it, and enters its file.
 * @param options `inPlace` where nobody else has what `layOut` gives
 * @throws DomainError as `issueBrief`
 */
export async function finishBrief(
  { database, clock }: IssueContext,
  { entry, document, identity }: PreparedBrief,
  layOut: (document: DocumentModel) => Promise<Uint8Array> = laidOut,
  { inPlace = false } = {},
): Promise<IssuedBrief> {
  const bytes = await layOut(document)
  const file = await signedOnce(bytes, { identity, inPlace }, async ({ bytes: { length: sizeBytes }, sha256 }) => {
    const certificate = fingerprintOf(identity.certificate)
    await noteFile(database, { sha256, briefId: entry.id, sizeBytes, certificate, madeAt: clock.now() })
  })
  return { ...file, code: writeCode(entry.code), issuedAt: Temporal.Instant.from(entry.firstIssuedAt) }
}

const laidOut = async (document: DocumentModel) => (await briefFile(document)).bytes

const attempts = 3

/** The entry of a document in the register, made where there is none, and the document that it is the entry of. */
async function entered(
  { database, clock, config }: IssueContext,
  brief: BriefToIssue,
): Promise<{ readonly entry: RegisterEntry; readonly document: DocumentModel }> {
  const { kind, languages, isInternal = false } = brief
  const made = async () => {
    const document = (await brief.again?.(clock.now())) ?? brief.document
    if (document === undefined) throw new Error('a brief without a document')
    return document
  }
  const keyOf = (document: DocumentModel) => contentKey({ kind, languages, isInternal, document })
  let document = brief.document ?? (await made())
  let key = await keyOf(document)
  for (let attempt = 1; ; attempt += 1) {
    const known = await findByContent(database, key)
    const { editions, subjectId } = await namedEditions(database, document, config.baseUrl)
    const ofOffice = isInternal ? await namedOfficeRecords(database, document, config.baseUrl) : []
    const from = { editions, officeRecords: [...ofOffice, ...(brief.officeRecords ?? [])], recipe: brief.recipe }
    if (known !== undefined && isConfirmed(known, from)) return { entry: known, document }
    if (attempt < attempts) {
      // Given up before it is made anew: one at a time.
      document = { ...document, blocks: [] }
      document = await made()
      const before = key
      key = await keyOf(document)
      if (key !== before) continue
    }
    const now = clock.now()
    if (known !== undefined) {
      await confirm(database, known.id, from, now)
      return { entry: known, document }
    }
    const title = isInternal ? '' : document.title
    const entry = { contentKey: key, kind, title, languages, isInternal, subjectId: isInternal ? undefined : subjectId }
    return { entry: await register(database, { ...entry, ...from }, now), document }
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
  { identity, inPlace }: { readonly identity: Identity; readonly inPlace: boolean },
  note: (file: SignedFile) => Promise<void>,
): Promise<SignedFile> {
  const known = signed.get(bytes)
  if (known?.identity === identity) return known.file
  const file = signPdf(bytes, identity, { inPlace }).then(async (made) => {
    const result = { bytes: made, sha256: (await hashOfBytes(made)).toString('hex') }
    await note(result)
    return result
  })
  signed.set(bytes, { identity, file })
  file.catch(() => signed.delete(bytes))
  return file
}
