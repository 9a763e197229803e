import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { languageTags, locales } from '#platform/i18n/locales.ts'
import { type Mailer, openMailer, outboxFolder } from '#platform/mail/mailer.ts'
import { startSmtp } from '#tests/support/smtp.ts'
import { letter } from './letters.ts'

const mailFrom = { address: 'office@hub.example.org', name: '云桥办公室' }

/** One way for letters to go, as a test sees it. */
interface Harness {
  readonly mailer: Mailer
  /** The letters that got there, oldest first. */
  readonly arrived: () => Promise<readonly Buffer[]>
  /** How many there are when the same letter was sent twice. */
  readonly whenTwice: number
  readonly close: () => Promise<void>
}

const harnesses: Readonly<Record<string, (dataDir: string) => Promise<Harness>>> = {
  async server(dataDir) {
    const server = await startSmtp({ disabledCommands: ['STARTTLS'] })
    return {
      mailer: openMailer({ smtpUrl: `smtp://127.0.0.1:${server.port}`, mailFrom, dataDir }),
      arrived: () => Promise.resolve(server.received.map(({ raw }) => raw)),
      whenTwice: 2,
      close: server.close,
    }
  },
  outbox(dataDir) {
    const folder = outboxFolder({ dataDir })
    return Promise.resolve({
      mailer: openMailer({ smtpUrl: undefined, mailFrom, dataDir }),
      async arrived() {
        const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort()
        return Promise.all(names.map((name) => readFile(join(folder, name))))
      },
      whenTwice: 1,
      close: () => Promise.resolve(),
    })
  },
}

describe.each(Object.keys(harnesses))('letters through the %s', (kind) => {
  let dataDir: string
  let harness: Harness
  const send = async (...messages: readonly Parameters<Mailer['send']>[0][]) => {
    for (const message of messages) await harness.mailer.send(message)
    return harness.arrived()
  }
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'yunqiao-mail-'))
    harness = await harnesses[kind]!(dataDir)
  })
  afterEach(async () => {
    await harness.mailer.close()
    await harness.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  test.each(locales)('in %s come out word for word in another reader', async (locale) => {
    const message = letter(locale)
    const [raw] = await send(message)
    const mail = await simpleParser(raw!, { skipTextLinks: true })
    expect(mail.messageId).toBe(message.messageId)
    expect(mail.subject).toBe(message.subject)
    expect(mail.date?.getTime()).toBe(message.date.epochMilliseconds)
    expect(mail.from?.value).toEqual([mailFrom])
    expect(mail.to).toMatchObject({ value: [message.to] })
    expect(mail.text?.trimEnd()).toBe(message.text)
    expect(mail.html && mail.html.trimEnd()).toBe(message.html)
    expect(mail.headers.get('content-language')).toBe(languageTags[locale])
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
  })

  test.each(locales)('in %s have only lines that every server takes, in ASCII', async (locale) => {
    const [raw] = await send(letter(locale))
    const lines = String(raw).split('\r\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998)
    expect(String(raw)).toMatch(/^[\t\r\n -~]*$/)
    expect(String(raw)).not.toMatch(/(?<!\r)\n|\r(?!\n)/)
  })

  test('cannot be given headers or receivers by what is written in them', async () => {
    const injection = 'x\r\nBcc: thief@example.net\r\n\r\n\u2028hello\u0000'
    const [raw] = await send(
      letter('en', { subject: injection, to: { address: 'reader@example.com', name: `${injection}, <a@b.example>` } }),
    )
    const mail = await simpleParser(raw!)
    expect(mail.bcc).toBeUndefined()
    expect(mail.to).toMatchObject({ value: [{ address: 'reader@example.com' }] })
    expect(mail.subject).toBe('x Bcc: thief@example.net hello')
  })

  test('of plain ASCII with a very long line are folded', async () => {
    const message = letter('en', { text: 'a'.repeat(5000), html: `<p>${'b'.repeat(5000)}</p>` })
    const [raw] = await send(message)
    const mail = await simpleParser(raw!, { skipTextLinks: true })
    expect(mail.text?.trimEnd()).toBe(message.text)
    expect(
      Math.max(
        ...String(raw)
          .split('\r\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(998)
  })

  test('are the same letter when they are sent again', async () => {
    const message = letter('th')
    const arrived = await send(message, message)
    expect(arrived).toHaveLength(harness.whenTwice)
    const ids = await Promise.all(arrived.map(async (raw) => (await simpleParser(raw)).messageId))
    expect(new Set(ids)).toEqual(new Set([message.messageId]))
  })

  test.each([
    '',
    'nobody',
    'a@b@c.example',
    'a b@c.example',
    'a@c.example\r\nRCPT TO:<thief@example.net>',
    'a@c.example>, <thief@example.net',
    '<a@c.example>',
    'ผู้อ่าน@example.com',
    `${'a'.repeat(65)}@example.com`,
  ])('to %j are refused for good, and go nowhere', async (address) => {
    const sending = send(letter('en', { to: { address } }))
    await expect(sending).rejects.toMatchObject({ name: 'MailError', temporary: false })
  })

  test('with a Message-ID that would break out of its header are refused for good', async () => {
    for (const messageId of ['', 'a@b', '<a@b>\r\nBcc: <thief@example.net>', '<a b@c>', '<a>']) {
      await expect(send(letter('en', { messageId }))).rejects.toMatchObject({ temporary: false })
    }
  })

  test('reach a domain in its own script', async () => {
    const [raw] = await send(letter('vi', { to: { address: 'reader@bücher.example' } }))
    const mail = await simpleParser(raw!)
    expect(JSON.stringify(mail.to)).toMatch(/"reader@(bücher|xn--bcher-kva)\.example"/)
  })
})
