import { translator } from '#platform/i18n/translate.ts'
import { type Locale, languageTags } from '#platform/i18n/locales.ts'
import { paths } from '#platform/paths.ts'
import type { DocumentModel, QrCode } from '#platform/pdf/model.ts'
import { signatureRoom, signerName, type Identity } from '#platform/signing/identity.ts'
import { writeCode } from './code.ts'

/** With what a brief is issued. */
export interface Issuance {
  /** Without hyphens. */
  readonly code: string
  readonly issuedAt: Temporal.Instant
  readonly identity: Identity
}

/**
 * A document as it is issued: its code at the foot of every page, at its end the page on which to verify it, as a QR
 * code and in words of all its languages, and room for the signature.
 */
export function withVerification(
  document: DocumentModel,
  languages: readonly Locale[],
  baseUrl: string,
  { code, issuedAt, identity }: Issuance,
): DocumentModel {
  const t = translator(document.locale)
  const written = writeCode(code)
  const { certificate } = identity
  return {
    ...document,
    foot: { ...document.foot, issued: `${document.foot.issued} · ${written}` },
    blocks: [...document.blocks, verificationBlock(document.locale, languages, baseUrl, written)],
    signature: {
      name: signerName(certificate),
      at: later(issuedAt, certificate.validFromDate.toTemporalInstant()).toString(),
      label: t('verify:block.signature'),
      roomBytes: signatureRoom(identity),
    },
  }
}

/** No signature is older than its certificate, not even that of a brief first issued under an earlier one. */
const later = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) > 0 ? a : b)

function verificationBlock(own: Locale, languages: readonly Locale[], baseUrl: string, code: string): QrCode {
  const address = `${baseUrl}${paths.verifyCode(own, code)}`
  const inEach = languages.map((locale) => {
    const t = translator(locale)
    const lang = locale === own ? {} : { lang: languageTags[locale] }
    return {
      title: { text: t('verify:block.title'), weight: 'bold', ...lang } as const,
      what: { text: t('verify:block.what'), ...lang },
    }
  })
  return {
    type: 'qrCode',
    address,
    alt: translator(own)('verify:block.alt', { code }),
    words: [
      ...inEach.map(({ title }) => ({ style: 'body', runs: [title] }) as const),
      { style: 'body', runs: [{ text: code, lang: 'en', weight: 'bold' }] },
      { style: 'note', runs: [{ text: address, lang: 'en', href: address }] },
      ...inEach.map(({ what }) => ({ style: 'caption', runs: [what] }) as const),
    ],
  }
}
