import type { FieldProblem } from '#platform/errors.ts'
import { missingLanguages, withLanguages } from '#platform/i18n/same-language.ts'
import { lengthOf, normaliseText } from '#platform/text/normalise.ts'
import { looksLikeZawgyi } from '#platform/text/zawgyi.ts'
import { endsAs, type FileFlag, type FileKind } from '#platform/uploads/file-kinds.ts'

export const documentKinds = [
  'draft',
  'signed_copy',
  'annex',
  'evidence',
  'sign_off',
  'power_of_attorney',
  'other',
] as const

export type DocumentKind = (typeof documentKinds)[number]

/** Languages that papers of the network are written in, as BCP 47 tags; the five of the site first. */
const documentLanguages = [
  'zh',
  'en',
  'th',
  'vi',
  'my',
  'lo',
  'km',
  'ms',
  'id',
  'tl',
  'pt',
  'tet',
  'hi',
  'bn',
  'ne',
  'si',
  'ta',
  'ur',
  'dz',
  'dv',
  'fa',
  'ps',
  'ru',
  'fr',
  'de',
  'ja',
  'ko',
] as const

/** What a paper of an agreement can be in: the authentic languages first, whatever they are. */
export function languagesOffered(authentic: readonly string[]): readonly string[] {
  return withLanguages(authentic, documentLanguages)
}

/** Characters. */
export const limits = { title: 300, fileName: 180 } as const

/** A document as it is put on record. */
export interface DocumentWords {
  readonly kind: DocumentKind
  readonly title: string
  /** Undefined for papers without words, or with several languages side by side. */
  readonly language: string | undefined
}

/** The form as it was typed. */
export interface DocumentDraft {
  readonly kind: string
  readonly title: string
  readonly language: string
  /** Paths of texts that look like Zawgyi and that the person wants kept as they are. */
  readonly keep: readonly string[]
}

export const emptyDocument: DocumentDraft = { kind: '', title: '', language: '', keep: [] }

export interface DocumentVersion {
  /** From 1. */
  readonly number: number
  readonly fileName: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly mediaType: string
  readonly flags: readonly FileFlag[]
  readonly uploader: string | undefined
  readonly uploadedAt: Temporal.Instant
}

export interface AgreementDocument extends DocumentWords {
  readonly id: string
  readonly agreementId: string
  readonly archivedAt: Temporal.Instant | undefined
  /** Newest first; never none. */
  readonly versions: readonly DocumentVersion[]
}

/** What is wrong with a form, or what it says. @param authentic languages of the agreement */
export function checkDocument(
  draft: DocumentDraft,
  authentic: readonly string[],
): { readonly words: DocumentWords } | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = []
  const kind = documentKinds.find((one) => one === draft.kind)
  if (kind === undefined) problems.push(notAChoice('kind', draft.kind))
  const title = normaliseText(draft.title)
  const length = lengthOf(title)
  if (title === '') problems.push({ path: 'title', code: 'required' })
  else if (length > limits.title)
    problems.push({ path: 'title', code: 'too_long', params: { max: limits.title, length } })
  else if (!draft.keep.includes('title') && looksLikeZawgyi(title)) problems.push({ path: 'title', code: 'zawgyi' })
  const language = languagesOffered(authentic).find((one) => one === draft.language)
  if (language === undefined && draft.language !== '') problems.push(notAChoice('language', draft.language))
  // What was signed counts for the language that it was signed in.
  if (kind === 'signed_copy' && draft.language === '') problems.push({ path: 'language', code: 'required' })
  if (problems.length > 0 || kind === undefined) return { problems }
  return { words: { kind, title, language } }
}

function notAChoice(path: string, value: string): FieldProblem {
  if (value === '') return { path, code: 'required' }
  return { path, code: 'unknown_choice', params: { value: normaliseText(value).slice(0, 40) } }
}

const segments = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * The name under which a file is kept and given out: what its sender called it, without what file systems or eyes
 * trip over, with the ending of what it holds.
 */
export function fileNameOf(sent: string, kind: FileKind): string {
  const clean = normaliseText(sent)
    .replaceAll(/[<>:"/\\|?*]/g, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '')
  const isFitting = endsAs(clean, kind)
  const ending = isFitting ? clean.slice(clean.lastIndexOf('.')) : `.${kind}`
  const stem = isFitting ? clean.slice(0, clean.lastIndexOf('.')) : clean
  const short = Array.from(segments.segment(stem), ({ segment }) => segment)
    .slice(0, limits.fileName)
    .join('')
  return `${short.trim() || 'file'}${ending}`
}

/** Authentic languages that have no signed copy yet, where another has one. */
export function unsignedLanguages(authentic: readonly string[], signed: readonly string[]): string[] {
  return signed.length === 0 ? [] : missingLanguages(authentic, signed)
}
