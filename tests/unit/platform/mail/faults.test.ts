import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { MailError } from '#platform/mail/mailer.ts'
import { mustEncrypt, smtpMailer, type SmtpOptions, type SmtpTimeouts } from '#platform/mail/smtp.ts'
import { type AfterData, smtpError, type SmtpHarness, startSmtp, testCertificate } from '#tests/support/smtp.ts'
import { letter } from './letters.ts'

const from = { address: 'office@hub.example.org' }

/** Short where the test waits for it, and longer than the test lives everywhere else. */
const patient: SmtpTimeouts = { connectMs: 30_000, greetingMs: 30_000, silenceMs: 30_000, wholeMs: 30_000 }

const plain = { disabledCommands: ['STARTTLS'] }

/** A handler that does not answer. */
const never = (): void => undefined

const open: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

async function serve(options: Parameters<typeof startSmtp>[0] = plain, afterData?: AfterData): Promise<SmtpHarness> {
  const server = await startSmtp(options, afterData)
  open.push(server)
  return server
}

function mailer(url: string, options: Partial<SmtpOptions> = {}) {
  const opened = smtpMailer({ url, from, timeouts: patient, ...options })
  open.push(opened)
  return opened
}

const sendTo = ({ port }: { port: number }, options: Partial<SmtpOptions> = {}) =>
  mailer(`smtp://127.0.0.1:${port}`, options).send(letter('my'))

/** The error that sending ends with. */
async function failure(sending: Promise<void>): Promise<MailError> {
  const error: unknown = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(MailError)
  return error as MailError
}

describe('a mail server that', () => {
  test('does not know the recipient has the last word', async () => {
    const server = await serve({
      ...plain,
      onRcptTo: (_address, _session, answer) => {
        answer(smtpError(550, '5.1.1 No such user\u0007 here'))
      },
    })
    const error = await failure(sendTo(server))
    expect(error.temporary).toBe(false)
    expect(error.response).toMatch(/^550 .*No such user/)
    expect(error.response).not.toMatch(/[\u0000-\u001f]/)
    expect(server.received).toHaveLength(0)
  })

  test.each([421, 450, 451, 452])('answers %i for the recipient may take it later', async (code) => {
    const server = await serve({
      ...plain,
      onRcptTo: (_address, _session, answer) => {
        answer(smtpError(code, 'Try again later'))
      },
    })
    const error = await failure(sendTo(server))
    expect(error.temporary).toBe(true)
    expect(error.response).toContain('Try again later')
  })

  test('is not there may be there later', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    expect(await failure(sendTo({ port }))).toMatchObject({ temporary: true })
  })

  test.each([
    [
      'has no room for another client',
      {
        onConnect: (_: unknown, answer: (error: Error) => void) => {
          answer(smtpError(421, 'Too many'))
        },
      },
    ],
    [
      'takes nobody at all',
      {
        onConnect: (_: unknown, answer: (error: Error) => void) => {
          answer(smtpError(554, 'No mail here'))
        },
      },
    ],
    [
      'does not take our sender',
      {
        onMailFrom: (_: unknown, __: unknown, answer: (error: Error) => void) => {
          answer(smtpError(550, 'Who are you?'))
        },
      },
    ],
  ])('%s is for the operator to mend, and the letter waits', async (_what, options) => {
    const error = await failure(sendTo(await serve({ ...plain, ...options })))
    expect(error.temporary).toBe(true)
  })

  test.each([
    [554, false],
    [552, false],
    [451, true],
    [421, true],
  ])('answers %i for the letter itself', async (code, temporary) => {
    const server = await serve(plain, () => smtpError(code, 'About this letter'))
    const error = await failure(sendTo(server))
    expect(error.temporary).toBe(temporary)
    expect(error.response).toContain('About this')
  })

  test.each([
    ['never greets', { greetingMs: 50 }, { onConnect: never }, undefined],
    ['stalls after its greeting', { silenceMs: 50 }, { onMailFrom: never }, undefined],
    ['stalls at the recipient', { silenceMs: 50 }, { onRcptTo: never }, undefined],
    ['stalls after the letter', { silenceMs: 50 }, {}, (() => 'silent') satisfies AfterData],
    ['stalls, as seen over all', { wholeMs: 100 }, { onMailFrom: never }, undefined],
  ])('%s is left', async (_what, timeouts, options, afterData) => {
    const server = await serve({ ...plain, ...options }, afterData)
    expect(await failure(sendTo(server, { timeouts: { ...patient, ...timeouts } }))).toMatchObject({ temporary: true })
  })

  test('drips a line now and then is left all the same', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      const drip = setInterval(() => socket.write('220-wait\r\n'), 10)
      socket.once('close', () => {
        clearInterval(drip)
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    open.push({
      close: () =>
        new Promise(
          (resolve) =>
            void server.close(() => {
              resolve()
            }),
        ),
    })
    const { port } = server.address() as AddressInfo
    const timeouts = { ...patient, silenceMs: 5000, wholeMs: 200 }
    expect(await failure(sendTo({ port }, { timeouts }))).toMatchObject({ temporary: true })
  })

  test('takes the letter and breaks before it says so gets it again under the same Message-ID', async () => {
    let isBroken = true
    const server = await serve(plain, (harness) => {
      if (!isBroken) return 'taken'
      harness.breakAll()
      return 'silent'
    })
    expect(await failure(sendTo(server))).toMatchObject({ temporary: true })
    isBroken = false
    await sendTo(server)
    const ids = server.received.map(({ raw }) => /^Message-ID: (.*)\r$/m.exec(String(raw))?.[1])
    expect(ids).toEqual([letter('my').messageId, letter('my').messageId])
  })

  test('breaks in the middle of the letter may take it later', async () => {
    const server = await serve({
      ...plain,
      onData: (stream) => {
        stream.once('data', () => {
          server.breakAll()
        })
      },
    })
    expect(await failure(sendTo(server))).toMatchObject({ temporary: true })
  })

  test('is being sent to when the process ends is let go of', async () => {
    const server = await serve(plain, () => 'silent')
    const opened = mailer(`smtp://127.0.0.1:${server.port}`)
    const sending = failure(opened.send(letter('en')))
    await expect.poll(() => server.received.length).toBe(1)
    await opened.close()
    expect(await sending).toMatchObject({ temporary: true })
  })
})

describe('the connection', () => {
  const trusting = { ca: testCertificate }

  test.each([
    ['smtps', { secure: true }],
    ['smtp', {}],
  ])('of %s is encrypted and its certificate checked', async (scheme, options) => {
    const server = await serve(options)
    await mailer(`${scheme}://localhost:${server.port}`, trusting).send(letter('zh'))
    expect(server.received).toMatchObject([{ isSecure: true, from: from.address, to: ['reader-zh@example.com'] }])
  })

  test.each([
    ['signed by nobody we know', 'localhost', {}],
    ['made out to another name', '127.0.0.1', trusting],
  ])('is not made to a server whose certificate is %s', async (_what, host, options) => {
    for (const [scheme, tls] of [
      ['smtps', { secure: true }],
      ['smtp', {}],
    ] as const) {
      const server = await serve(tls)
      const sending = mailer(`${scheme}://${host}:${server.port}`, options).send(letter('zh'))
      expect(await failure(sending)).toMatchObject({ temporary: true })
      expect(server.received).toHaveLength(0)
    }
  })

  test('logs in, with what a password may hold', async () => {
    const password = 'p@ss:w/ord%云'
    const server = await serve({
      authOptional: false,
      onAuth: (auth, _session, answer) => {
        if (auth.username === 'office@hub' && auth.password === password) answer(null, { user: auth.username })
        else answer(smtpError(535, 'Wrong password'))
      },
    })
    const as = (word: string) =>
      mailer(`smtp://office%40hub:${encodeURIComponent(word)}@localhost:${server.port}`, trusting).send(letter('vi'))
    await as(password)
    expect(server.received).toMatchObject([{ user: 'office@hub', isSecure: true }])
    const error = await failure(as('another'))
    expect(error.temporary).toBe(true)
    expect(error.response).toContain('Wrong password')
    expect(JSON.stringify([error.message, error.response, String(error.cause)])).not.toContain('another')
  })

  test.each([
    ['smtp://u:p@mail.example.org', true],
    ['smtp://u:p@127.0.0.1.example.org', true],
    ['smtp://u:p@127.0.0.1:2525', false],
    ['smtp://u:p@[::1]', false],
    ['smtp://mail.example.org', false],
  ])('of %s must be encrypted: %s', (url, must) => {
    expect(mustEncrypt(url)).toBe(must)
  })
})
