import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeScratch, type Scratch } from '#tests/support/scratch.ts'
import { pdfsig } from '#tests/unit/platform/signing/tools.ts'
import { startProcess } from '../http/process.ts'

let scratch: Scratch
let file: string
beforeAll(async () => {
  scratch = await makeScratch()
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: scratch.path, stdio: 'pipe' })
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'k',
    '-out',
    'c',
    '-days',
    '90',
    '-subj',
    '/CN=Office',
  )
  openssl('pkcs12', '-export', '-inkey', 'k', '-in', 'c', '-out', 'office.p12', '-passout', 'pass:secret')
  file = join(scratch.path, 'office.p12')
})
afterAll(() => scratch.remove())

test('a file that does not open stops the start, in the operator’s language, before anything else is done', async () => {
  const site = await startProcess({ SIGNING_P12: file, SIGNING_P12_PASSWORD: 'wrong', LC_ALL: 'vi_VN.UTF-8' })
  expect(await site.stop()).toBe(1)
  expect(site.output()).toContain(`SIGNING_P12 ${file}: không mở được bằng SIGNING_P12_PASSWORD [signing_password]`)
  expect(site.output()).not.toContain('at ')
  await site.remove()
})

test('a file without a password stops the start as well', async () => {
  const site = await startProcess({ SIGNING_P12: file, LC_ALL: 'th_TH.UTF-8' })
  expect(await site.stop()).toBe(1)
  expect(site.output()).toContain('ต้องกำหนด SIGNING_P12_PASSWORD ด้วย')
  expect(site.output()).toContain('[signing_no_password]')
  await site.remove()
})

test('briefs are signed with the operator’s certificate, which the site gives to whoever compares', async () => {
  const site = await startProcess({ SIGNING_P12: file, SIGNING_P12_PASSWORD: 'secret' })
  try {
    const brief = await site.get('/en/briefs/partners/chiang-mai-university.pdf')
    const said = pdfsig(new Uint8Array(await brief.arrayBuffer()))
    expect(said).toContain('Signer Certificate Common Name: Office')
    expect(said).toContain('Signature is Valid')
    const pem = await site.get('/hub-certificate.pem')
    expect(await pem.text()).toContain('BEGIN CERTIFICATE')
    expect((await site.get('/hub-certificate.pem?fingerprint=00')).status).toBe(404)
    expect(site.output()).not.toContain('secret')
  } finally {
    await site.remove()
  }
})
