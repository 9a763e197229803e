import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { parseMailAddress } from '#platform/mail/address.ts'
import type { MailAddress } from '#platform/mail/message.ts'
import { keptSecret } from '#platform/secret.ts'
import { type BucketAddress, parseBucketUrl } from '#platform/storage/address.ts'

/** The folder that holds package.json; relative paths in the environment start here. */
export const projectRoot = resolve(import.meta.dirname, '../..')

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** What the environment says, checked. */
export interface Settings {
  readonly host: string
  readonly port: number
  /** The public origin, without a slash at its end: absolute addresses and the origin check are built on it. */
  readonly baseUrl: string
  /** Addresses or networks (CIDR) of our own proxies, whose `X-Forwarded-For` is believed; usually none. */
  readonly trustedProxies: readonly string[]
  /** Absolute path. */
  readonly dataDir: string
  /** `undefined`: the private PostgreSQL. */
  readonly databaseUrl: string | undefined
  /** `undefined`: files are kept in `dataDir`. */
  readonly bucket: BucketAddress | undefined
  /** `undefined`: letters are kept in `dataDir` and go nowhere. */
  readonly smtpUrl: string | undefined
  /** Webhook of the office's chat robot; `undefined`: there is none. */
  readonly chatWebhook: string | undefined
  /** Whom letters come from. */
  readonly mailFrom: MailAddress
  /** IANA name. */
  readonly officeTimeZone: string
  /** Begins every ocid of an OCDS export; `unregisteredOcdsPrefix` until the publisher has registered one. */
  readonly ocdsPrefix: string
  /** Agreements up to which a report is made while somebody waits; a longer one is put in line. */
  readonly reportAtOnce: number
  readonly logLevel: LogLevel
  /**
   * The operator's own PKCS #12 file, its path absolute, and its password, empty where none was given; `undefined`: the
   * site makes a certificate by itself.
   */
  readonly signingP12: { readonly path: string; readonly password: string } | undefined
  /** `undefined` only with the private PostgreSQL: the key kept in `dataDir` is used. */
  readonly secretKey: string | undefined
}

/** The settings with everything that the process needs to run. */
export interface Config extends Settings {
  readonly secretKey: string
}

/** The environment cannot be used; the message has a line for each variable and says what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Belongs to nobody: seen in a file, it says that no prefix was registered with the Open Contracting Partnership. */
export const unregisteredOcdsPrefix = 'ocds-000000'

const isUrlOf =
  (...protocols: string[]) =>
  (value: string) =>
    URL.canParse(value) && protocols.includes(new URL(value).protocol)

const isOrigin = (value: string) => {
  if (!isUrlOf('http:', 'https:')(value)) return false
  const url = new URL(value)
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
}

/** Without a path and a query: the mail library would take any of its options from there, checks of certificates too. */
const isMailServer = (value: string) => {
  if (!isUrlOf('smtp:', 'smtps:')(value)) return false
  const url = new URL(value)
  return url.hostname !== '' && ['', '/'].includes(url.pathname) && url.search === '' && url.hash === ''
}

const isTimeZone = (value: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: value }))
  } catch {
    return false
  }
}

const isNetwork = (value: string) => {
  const [address = '', bits, ...more] = value.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 1 to 65535')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'must be a port number from 1 to 65535')
    .default(4321),
  BASE_URL: z
    .string()
    .refine(isOrigin, 'must be the public address without a path, such as https://hub.example.org')
    .transform((value) => new URL(value).origin)
    .optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .refine((list) => list.every(isNetwork), 'must be addresses or networks, such as 10.0.0.5,192.168.0.0/16')
    .default([]),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .refine(
      isUrlOf('postgres:', 'postgresql:'),
      'must be a PostgreSQL address, such as postgres://user:password@host:5432/database; ' +
        'leave it out to use the private PostgreSQL',
    )
    .optional(),
  STORAGE_URL: z
    .string()
    .refine(
      (value) => parseBucketUrl(value) !== undefined,
      'must be an S3-compatible bucket, such as s3://bucket?endpoint=https://storage.example.org&region=us-east-1; ' +
        'leave it out to keep files in DATA_DIR',
    )
    .optional(),
  STORAGE_ACCESS_KEY: z.string().optional(),
  STORAGE_SECRET_KEY: z.string().optional(),
  SMTP_URL: z
    .string()
    .refine(isMailServer, 'must be a mail server, such as smtps://user:password@mail.example.org:465')
    .optional(),
  MAIL_FROM: z
    .string()
    .transform(parseMailAddress)
    .refine((value) => value !== undefined, 'must be one address, such as Yunqiao <office@hub.example.org>')
    .optional(),
  CHAT_WEBHOOK: z
    .string()
    .refine(isUrlOf('https:', 'http:'), "must be the address of a group robot in WeCom's form")
    .optional(),
  OFFICE_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone, such as Asia/Shanghai')
    .default('Asia/Shanghai'),
  OCDS_PREFIX: z
    .string()
    .regex(/^ocds-[a-z0-9]{6}$/, 'must be a prefix as the Open Contracting Partnership gives it, such as ocds-a1b2c3')
    .default(unregisteredOcdsPrefix),
  SIGNING_P12: z.string().optional(),
  SIGNING_P12_PASSWORD: z.string().optional(),
  REPORT_AT_ONCE: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a number of agreements from 1 to 5000')
    .transform(Number)
    .refine((count) => count >= 1 && count <= 5000, 'must be a number of agreements from 1 to 5000')
    .default(5000),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48').optional(),
})

/** A wildcard address can be listened on but not visited; loopback stands for it. */
function visitableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/**
 * Reads and checks every environment variable that the hub knows. An empty value counts as unset.
 * @throws ConfigError naming every variable that cannot be used, and what to do.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.keys(environment.shape).flatMap((name) => {
    const value = env[name]?.trim()
    return value ? [[name, value] as const] : []
  })
  const result = environment.safeParse(Object.fromEntries(given))
  const problems = result.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? []
  if (env['DATABASE_URL']?.trim() && !env['SECRET_KEY']?.trim()) {
    problems.push(
      'SECRET_KEY must be set together with DATABASE_URL, to the same value for every process; ' +
        'make one with: openssl rand -base64 48',
    )
  }
  if (env['STORAGE_URL']?.trim()) {
    for (const name of ['STORAGE_ACCESS_KEY', 'STORAGE_SECRET_KEY']) {
      if (!env[name]?.trim()) problems.push(`${name} must be set together with STORAGE_URL`)
    }
  }
  if (env['SMTP_URL']?.trim() && !env['MAIL_FROM']?.trim()) {
    problems.push('MAIL_FROM must be set together with SMTP_URL, to the address that letters come from')
  }
  if (!result.success || problems.length > 0) throw new ConfigError(problems.join('\n'))
  const values = result.data
  const { STORAGE_URL: storageUrl, STORAGE_ACCESS_KEY: accessKey = '', STORAGE_SECRET_KEY: secretKey = '' } = values
  const bucket = storageUrl === undefined ? undefined : parseBucketUrl(storageUrl)
  return {
    host: values.HOST,
    port: values.PORT,
    baseUrl: values.BASE_URL ?? new URL(`http://${visitableHost(values.HOST)}:${values.PORT}`).origin,
    trustedProxies: values.TRUSTED_PROXIES,
    dataDir: resolve(projectRoot, values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    bucket: bucket && { ...bucket, accessKey, secretKey },
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM ?? { address: 'yunqiao@localhost.localdomain', name: 'Yunqiao' },
    chatWebhook: values.CHAT_WEBHOOK,
    officeTimeZone: values.OFFICE_TIME_ZONE,
    ocdsPrefix: values.OCDS_PREFIX,
    reportAtOnce: values.REPORT_AT_ONCE,
    logLevel: values.LOG_LEVEL,
    signingP12:
      values.SIGNING_P12 === undefined
        ? undefined
        : { path: resolve(projectRoot, values.SIGNING_P12), password: values.SIGNING_P12_PASSWORD ?? '' },
    secretKey: values.SECRET_KEY,
  }
}

/**
 * The configuration of this process. Where no SECRET_KEY is given, one is made once and kept in the data directory.
 * @throws ConfigError as `readConfig`, or where the kept key cannot be read or written.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const settings = readConfig(env)
  if (settings.secretKey !== undefined) return { ...settings, secretKey: settings.secretKey }
  try {
    return { ...settings, secretKey: keptSecret(settings.dataDir) }
  } catch (error) {
    throw new ConfigError(
      `DATA_DIR ${settings.dataDir} must be a folder that this user can write to: ${(error as Error).message}`,
      { cause: error },
    )
  }
}
