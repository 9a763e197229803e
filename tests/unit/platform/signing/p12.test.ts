import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { explainSigning, operatorLocale } from '#cli/operator-locale.ts'
import { ConfigError, readConfig } from '#platform/config.ts'
import { locales } from '#platform/i18n/locales.ts'
import { signerName } from '#platform/signing/identity.ts'
import { p12Problems, readP12 } from '#platform/signing/p12.ts'
import { givenIdentity, SigningError } from '#platform/signing/signer.ts'

/** Files as an operator gets them, made by OpenSSL. */
let folder: string
/** After the certificates were made. */
let now: Temporal.Instant
const password = 'a password with ümlauts'

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
}

const exported = (name: string, key: string, ...more: string[]) =>
  openssl(
    'pkcs12',
    '-export',
    '-out',
    name,
    '-inkey',
    `${key}.key`,
    '-in',
    `${key}.pem`,
    '-passout',
    `pass:${password}`,
    ...more,
  )

function issued(name: string, subject: string, days: string, ...kind: string[]): void {
  openssl(
    'req',
    '-newkey',
    ...kind,
    '-nodes',
    '-utf8',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.csr`,
    '-subj',
    subject,
  )
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    '-CA',
    'root.pem',
    '-CAkey',
    'root.key',
    '-CAcreateserial',
    '-days',
    days,
    '-out',
    `${name}.pem`,
  )
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yunqiao-p12-'))
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-days',
    '900',
    '-subj',
    '/CN=Root',
  )
  issued('office', '/C=CN/O=云南省科学技术院/CN=云桥, 签名', '300', 'rsa:2048')
  issued('curve', '/CN=Curve', '300', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256')
  issued('short', '/CN=Short', '300', 'rsa:1024')
  exported('today.p12', 'office', '-certfile', 'root.pem')
  exported(
    'nineties.p12',
    'office',
    '-certfile',
    'root.pem',
    '-certpbe',
    'PBE-SHA1-3DES',
    '-keypbe',
    'PBE-SHA1-3DES',
    '-macalg',
    'sha1',
  )
  exported('curve.p12', 'curve')
  exported('short.p12', 'short')
  openssl('pkcs12', '-export', '-nokeys', '-in', 'office.pem', '-out', 'no-key.p12', '-passout', `pass:${password}`)
  openssl(
    'pkcs12',
    '-export',
    '-nocerts',
    '-inkey',
    'office.key',
    '-out',
    'no-certificate.p12',
    '-passout',
    `pass:${password}`,
  )
  openssl('pkcs12', '-export', '-inkey', 'office.key', '-in', 'office.pem', '-out', 'open.p12', '-passout', 'pass:')
  writeFileSync(join(folder, 'cut.p12'), readFileSync(join(folder, 'today.p12')).subarray(0, 900))
  writeFileSync(join(folder, 'words.p12'), 'a certificate, honestly')
  writeFileSync(join(folder, 'empty.p12'), '')
  now = Temporal.Now.instant().add({ seconds: 1 })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (name: string, word = password, at = now) => readP12(readFileSync(join(folder, name)), word, at)

test.each(['today.p12', 'nineties.p12'])('%s gives the key with its certificate and those above it', (name) => {
  const { key, certificate, issuers } = read(name)
  expect(certificate.checkPrivateKey(key)).toBe(true)
  expect(signerName(certificate)).toBe('云桥, 签名')
  expect(issuers.map(signerName)).toEqual(['Root'])
})

test('a key on a curve does as well', () => {
  const { key, certificate } = read('curve.p12')
  expect(key.asymmetricKeyType).toBe('ec')
  expect(certificate.checkPrivateKey(key)).toBe(true)
})

test.each([
  ['cut.p12', 'broken'],
  ['words.p12', 'broken'],
  ['empty.p12', 'broken'],
  ['no-key.p12', 'no_key'],
  ['no-certificate.p12', 'no_certificate'],
  ['short.p12', 'key_kind'],
] as const)('%s is refused: %s', (name, problem) => {
  expect(() => read(name)).toThrow(expect.objectContaining({ problem }))
})

test.each(['', 'wrong', 'A password with ümlauts'])('the password %o does not open it', (word) => {
  expect(() => read('today.p12', word)).toThrow(expect.objectContaining({ problem: 'password' }))
})

test('a certificate is good within its time only', () => {
  expect(() => read('today.p12', password, now.add({ hours: 24 * 301 }))).toThrow(
    expect.objectContaining({ problem: 'expired' }),
  )
  expect(() => read('today.p12', password, now.subtract({ hours: 24 }))).toThrow(
    expect.objectContaining({ problem: 'not_yet' }),
  )
})

test('the file and its password come from the environment', () => {
  expect(readConfig({ SIGNING_P12: '/srv/office.p12', SIGNING_P12_PASSWORD: ' ' }).signingP12).toEqual({
    path: '/srv/office.p12',
    password: '',
  })
  expect(readConfig({ SIGNING_P12: '/srv/office.p12', SIGNING_P12_PASSWORD: 'x' }).signingP12).toEqual({
    path: '/srv/office.p12',
    password: 'x',
  })
})

test.each([
  ['nothing.p12', password, 'missing'],
  ['today.p12', 'wrong', 'password'],
  ['words.p12', password, 'broken'],
  ['today.p12', '', 'no_password'],
  ['open.p12', '', 'no_password'],
  ['open.p12', 'wrong', 'password'],
] as const)(
  '%s with the password %o at start is a configuration error that says what to do',
  async (name, word, problem) => {
    const path = join(folder, name)
    const failure = await givenIdentity({ signingP12: { path, password: word } }, { now: () => now }).catch(
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(SigningError)
    expect(failure).toBeInstanceOf(ConfigError)
    const { message } = failure as SigningError
    expect(message).toContain(`SIGNING_P12 ${path}`)
    expect(message).toContain(`signing_${problem}`)
    if (word !== '') expect(message).not.toContain(word === password ? password : 'wrong ')
  },
)

test('a certificate that has expired is told at start, by its code', async () => {
  const path = join(folder, 'today.p12')
  const later = { now: () => now.add({ hours: 24 * 301 }) }
  await expect(givenIdentity({ signingP12: { path, password } }, later)).rejects.toMatchObject({ problem: 'expired' })
})

test('every problem has words in five languages, and the code to look it up by', () => {
  for (const problem of p12Problems) {
    const said = locales.map((locale) => explainSigning(new SigningError(problem, '/x.p12', undefined), locale))
    expect(new Set(said).size, problem).toBe(5)
    for (const line of said) expect(line).toMatch(new RegExp(`^SIGNING_P12 /x\\.p12: .+ \\[signing_${problem}\\]$`))
  }
  expect(operatorLocale({ LANG: 'my_MM.UTF-8' })).toBe('my')
  expect(operatorLocale({ LANG: 'fr_FR.UTF-8' })).toBe('en')
})
