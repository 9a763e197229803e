import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { fingerprintOf, type Identity, signatureRoom, signerName } from '#platform/signing/identity.ts'
import { openKey, sealKey } from '#platform/signing/sealed-key.ts'
import { signPdf } from '#platform/signing/sign-pdf.ts'
import { testIdentity } from '#tests/support/signer.ts'
import { fullDocument } from '#tests/unit/platform/pdf/models.ts'
import { objectsOf, pdftotext, qpdfCheck, structure } from '#tests/unit/platform/pdf/tools.ts'
import { asn1parse, opensslVerify, pdfsig, signatureOf } from './tools.ts'

const address = 'https://hub.example.org/th/verify/7K3M-9XQ2-ABCD-EFGH-JKMN'

function toSign(identity: Identity, more: Partial<DocumentModel> = {}): DocumentModel {
  const document = fullDocument('en')
  return {
    ...document,
    blocks: [
      ...document.blocks,
      {
        type: 'qrCode',
        address,
        alt: 'Where to verify it',
        words: [
          { style: 'body', runs: [{ text: 'Verify this brief', weight: 'bold' }] },
          { style: 'note', runs: [{ text: address, href: address }] },
        ],
      },
    ],
    signature: {
      name: signerName(identity.certificate),
      at: '2026-05-06T01:02:03.456Z',
      label: 'Digital signature',
      roomBytes: signatureRoom(identity),
    },
    ...more,
  }
}

test('a signed file is valid and covered whole, for poppler and for OpenSSL', async () => {
  const identity = await testIdentity()
  const pdf = await signPdf(await renderInThread(toSign(identity)), identity)
  const said = pdfsig(pdf)
  expect(said).toContain('Signature is Valid')
  expect(said).toContain('Total document signed')
  expect(said).toContain('Signature Type: ETSI.CAdES.detached')
  expect(said).toContain('Signing Hash Algorithm: SHA-256')
  expect(said).toContain(`Signer Certificate Common Name: ${signerName(identity.certificate)}`)
  opensslVerify(pdf, identity.certificate)
  const { range } = signatureOf(pdf)
  expect((range[2] ?? 0) + (range[3] ?? 0)).toBe(pdf.length)
  expect(qpdfCheck(pdf)).not.toMatch(/warning/i)
})

test('its signed attributes are those of the baseline', async () => {
  const identity = await testIdentity()
  const { cms, covered } = signatureOf(await signPdf(await renderInThread(toSign(identity)), identity))
  const said = asn1parse(cms)
  const attributes = [...said.matchAll(/OBJECT +:(.+)/g)].map(([, name]) => name)
  expect(attributes).toEqual(
    expect.arrayContaining(['contentType', 'messageDigest', 'id-smime-aa-signingCertificateV2']),
  )
  expect(attributes).not.toContain('signingTime')
  expect(said).toContain(createHash('sha256').update(covered).digest('hex').toUpperCase())
  expect(said).toContain(fingerprintOf(identity.certificate).toUpperCase())
})

test('tags, metadata and words stay as they are without a signature', async () => {
  const identity = await testIdentity()
  const { signature: _, ...plain } = toSign(identity)
  const [unsigned, signed] = await Promise.all([renderInThread(plain), renderInThread(toSign(identity))])
  const pdf = await signPdf(signed, identity)
  expect(pdftotext(pdf)).toBe(pdftotext(unsigned))
  const objectNumbers = /^ +Object \d+ \d+\n/gm
  const own = /^ {2}Form\n/m
  const [tagged, untagged] = [structure(pdf), structure(unsigned)]
  expect(tagged).toMatch(own)
  expect(tagged.replaceAll(objectNumbers, '').replace(own, '')).toBe(untagged.replaceAll(objectNumbers, ''))
  const metadata = (file: Uint8Array) =>
    [...objectsOf(file).values()].find(({ dictionary }) => dictionary.includes('/Type /Metadata'))?.stream?.toString()
  expect(metadata(pdf)).toBe(metadata(unsigned))
  expect(metadata(pdf)).toContain('<pdfaid:part>2</pdfaid:part>')
})

test('the field has no look, can be printed, and says what it is', async () => {
  const identity = await testIdentity()
  const pdf = await renderInThread(toSign(identity))
  const field = [...objectsOf(pdf).values()].find(({ dictionary }) => dictionary.includes('/FT /Sig'))?.dictionary ?? ''
  expect(field).toContain('/TU (Digital signature)')
  expect(field).toContain('/F 132')
  expect(field).toContain('/StructParent')
  expect(field).not.toContain('/AP')
  expect(/\/Rect \[([^\]]*)\]/.exec(field)?.[1]?.split(' ').map(Number)).toEqual([0, 841.89, 0, 841.89])
})

test('the same file signed again is the same, with an RSA key', async () => {
  const identity = await testIdentity()
  const pdf = await renderInThread(toSign(identity))
  expect(Buffer.from(await signPdf(pdf, identity)).equals(await signPdf(pdf, identity))).toBe(true)
})

test('one byte changed anywhere, and it does not hold', async () => {
  const identity = await testIdentity()
  const pdf = await signPdf(await renderInThread(toSign(identity)), identity)
  const { range } = signatureOf(pdf)
  for (const at of [20, (range[1] ?? 0) - 5, (range[2] ?? 0) + 5, pdf.length - 3]) {
    const changed = Buffer.from(pdf)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => opensslVerify(changed, identity.certificate), `byte ${at}`).toThrow()
  }
})

test('words that quote the room for a signature do not lead it astray', async () => {
  const identity = await testIdentity()
  const quote = `/ByteRange [0 9999999999 9999999999 9999999999]\n/Contents <${'00'.repeat(signatureRoom(identity))}>`
  const pdf = await signPdf(await renderInThread(toSign(identity, { subject: quote })), identity)
  opensslVerify(pdf, identity.certificate)
})

test('a file without room is not signed', async () => {
  const identity = await testIdentity()
  await expect(signPdf(await renderInThread(fullDocument('th')), identity)).rejects.toThrow('no room')
})

test('a key opens with the secret that it was sealed with, and with no other', async () => {
  const { key, certificate } = await testIdentity()
  const sealed = sealKey(key, 'one secret')
  const opened = openKey(sealed, 'one secret')
  expect(opened && certificate.checkPrivateKey(opened)).toBe(true)
  expect(openKey(sealed, 'another secret')).toBeUndefined()
  expect(openKey(`AAAA${sealed.slice(4)}`, 'one secret')).toBeUndefined()
  expect(openKey('', 'one secret')).toBeUndefined()
})
