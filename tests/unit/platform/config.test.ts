import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConfigError, loadConfig, projectRoot, readConfig } from '#platform/config.ts'

const secretKey = 'k'.repeat(32)

test('an empty environment gives the defaults', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 4321,
    baseUrl: 'http://127.0.0.1:4321',
    dataDir: join(projectRoot, '.data'),
    databaseUrl: undefined,
    smtpUrl: undefined,
    mailFrom: { address: 'yunqiao@localhost.localdomain', name: 'Yunqiao' },
    officeTimeZone: 'Asia/Shanghai',
    ocdsPrefix: 'ocds-000000',
    reportAtOnce: 5000,
    logLevel: 'info',
    secretKey: undefined,
    trustedProxies: [],
  })
})

test('an empty value counts as unset, and space around a value for nothing', () => {
  expect(readConfig({ PORT: ' ', HOST: '', DATABASE_URL: '' })).toEqual(readConfig({}))
  expect(readConfig({ PORT: ' 8080 ' }).port).toBe(8080)
})

test.each([
  [{ HOST: '10.0.0.7', PORT: '80' }, 'http://10.0.0.7'],
  [{ HOST: '0.0.0.0' }, 'http://127.0.0.1:4321'],
  [{ HOST: '::' }, 'http://127.0.0.1:4321'],
  [{ HOST: '::1' }, 'http://[::1]:4321'],
  [{ BASE_URL: 'https://Hub.Example.org/' }, 'https://hub.example.org'],
  [{ BASE_URL: 'https://hub.example.org:8443' }, 'https://hub.example.org:8443'],
])('%o is visited at %s', (env, baseUrl) => {
  expect(readConfig(env).baseUrl).toBe(baseUrl)
})

test('a data directory may be absolute', () => {
  expect(readConfig({ DATA_DIR: '/srv/yunqiao' }).dataDir).toBe('/srv/yunqiao')
})

test.each([
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '4e3'],
  ['PORT', 'http'],
  ['REPORT_AT_ONCE', '0'],
  ['REPORT_AT_ONCE', '5001'],
  ['REPORT_AT_ONCE', 'many'],
  ['BASE_URL', 'hub.example.org'],
  ['BASE_URL', 'ftp://hub.example.org'],
  ['BASE_URL', 'https://hub.example.org/portal'],
  ['BASE_URL', 'https://hub.example.org/?a=b'],
  ['BASE_URL', 'https://me@hub.example.org'],
  ['DATABASE_URL', 'mysql://db.example.org/hub'],
  ['DATABASE_URL', '/var/lib/hub.sqlite'],
  ['SMTP_URL', 'https://mail.example.org'],
  ['SMTP_URL', 'smtp://mail.example.org/?tls.rejectUnauthorized=false'],
  ['MAIL_FROM', 'the office'],
  ['MAIL_FROM', 'a@hub.example.org, b@hub.example.org'],
  ['MAIL_FROM', 'Office <office>'],
  ['OFFICE_TIME_ZONE', 'Kunming'],
  ['OCDS_PREFIX', 'ocds-yunqiao'],
  ['OCDS_PREFIX', 'OCDS-A1B2C3'],
  ['LOG_LEVEL', 'loud'],
  ['SECRET_KEY', 'short'],
])('%s=%s is refused by name, with what to do', (name, value) => {
  expect(() => readConfig({ [name]: value, ...(name === 'DATABASE_URL' ? { SECRET_KEY: secretKey } : {}) })).toThrow(
    new RegExp(`^${name} must .+`),
  )
})

test('everything that is wrong is said at once', () => {
  const read = () => readConfig({ PORT: 'x', LOG_LEVEL: 'x', DATABASE_URL: 'postgres://db.example.org/hub' })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(/^PORT .*\nLOG_LEVEL .*\nSECRET_KEY /)
})

test('a mail server goes with an address that letters come from', () => {
  const SMTP_URL = 'smtps://office:word@mail.example.org'
  expect(() => readConfig({ SMTP_URL })).toThrow(/^MAIL_FROM must be set together with SMTP_URL/)
  const { smtpUrl, mailFrom } = readConfig({ SMTP_URL, MAIL_FROM: '云桥办公室 <office@hub.example.org>' })
  expect(smtpUrl).toBe(SMTP_URL)
  expect(mailFrom).toEqual({ address: 'office@hub.example.org', name: '云桥办公室' })
  expect(readConfig({ MAIL_FROM: 'office@hub.example.org' }).mailFrom).toEqual({ address: 'office@hub.example.org' })
})

describe('the kept secret key', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yunqiao-config-'))
  })

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('is made once, for this user alone, and found again', () => {
    const env = { DATA_DIR: join(folder, 'data') }
    const { secretKey: made } = loadConfig(env)
    expect(made.length).toBeGreaterThanOrEqual(32)
    expect(loadConfig(env).secretKey).toBe(made)
    expect(statSync(join(folder, 'data/secret-key')).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(folder, 'data'))).toEqual(['secret-key'])
  })

  test('gives way to the one in the environment', () => {
    expect(loadConfig({ DATA_DIR: folder, SECRET_KEY: secretKey }).secretKey).toBe(secretKey)
    expect(readdirSync(folder)).toEqual([])
  })

  test('that was cut short is refused, not replaced', () => {
    writeFileSync(join(folder, 'secret-key'), 'abc')
    expect(() => loadConfig({ DATA_DIR: folder })).toThrow(/^DATA_DIR .*secret-key does not hold a key/)
  })

  test('cannot be kept where the data directory is a file', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    chmodSync(file, 0o600)
    expect(() => loadConfig({ DATA_DIR: file })).toThrow(/^DATA_DIR .* must be a folder/)
  })
})
