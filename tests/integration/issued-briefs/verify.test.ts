import { beforeEach, describe, expect, test } from 'vitest'
import { addressPattern, checkFile } from '#features/issued-briefs/check-file.ts'
import { certificateTraces } from '#features/issued-briefs/certificates.ts'
import { newCode, readCode, writeCode } from '#features/issued-briefs/code.ts'
import { issueBrief, type IssuedBrief } from '#features/issued-briefs/issue.ts'
import { allowed, countVerification } from '#features/issued-briefs/limits.ts'
import { type IssuedView, showVerify, showVerifyCode } from '#features/issued-briefs/queries.ts'
import { findByCode } from '#features/issued-briefs/register.ts'
import { locales } from '#platform/i18n/locales.ts'
import { examine } from '#platform/uploads/examine.ts'
import { testContext, type TestContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { documentOf } from '#tests/unit/platform/pdf/models.ts'
import { putAgreement, putLab, putPartner, takeBack, writeVocabulary } from '../portal/published.ts'
import { issuePublic } from './issue-public.ts'

const db = useDatabase()
let context: TestContext & { readonly secretKey: string }
beforeEach(async () => {
  const made = testContext(db)
  context = { ...made, secretKey: made.config.secretKey }
  await writeVocabulary(db.database)
})

const noFile = { address: '192.0.2.7', upload: undefined, isSent: false }

async function partner(slug: string, name = `University ${slug}`, recordId?: string): Promise<string> {
  const placed = { slug, ...(recordId !== undefined && { recordId }) }
  return putPartner(db.database, { names: { en: name } }, placed)
}

async function issued(slug: string): Promise<IssuedBrief> {
  const made = await issuePublic(context, { kind: 'partner', slug }, 'en')
  return made
}

async function view(code: string): Promise<IssuedView> {
  const page = await showVerifyCode(context, 'en', code, noFile)
  if ('written' in page) throw new Error('the code is written otherwise')
  return page.issued
}

describe('the page of a code', () => {
  test('says what it is and that it is current', async () => {
    await partner('uni')
    const { code } = await issued('uni')
    expect(await view(code)).toMatchObject({
      code,
      kind: 'partner',
      title: { value: 'University uni', lang: 'en' },
      languages: ['en'],
      standing: { state: 'current' },
    })
    expect((await view(code)).certificates).toHaveLength(1)
  })

  test('names what has changed, with the name that it has now', async () => {
    const recordId = await partner('uni')
    const { code } = await issued('uni')
    await partner('uni', 'Renamed University', recordId)
    expect((await view(code)).standing).toMatchObject({
      state: 'changed',
      changed: [{ kind: 'partner', name: { value: 'Renamed University' }, href: '/en/partners/uni' }],
      withdrawn: 0,
    })
  })

  test('does not name what is not public any more', async () => {
    const recordId = await partner('uni')
    const { code } = await issued('uni')
    await takeBack(db.database, 'partner', recordId)
    const shown = await view(code)
    expect(shown).toMatchObject({ title: undefined, standing: { state: 'changed', changed: [], withdrawn: 1 } })
    expect(JSON.stringify(shown)).not.toContain('University uni')
  })

  test('of an agreement whose release was withdrawn says no word of it', async () => {
    const recordId = await putAgreement(db.database, { title: 'Secret after all' }, { slug: 'memo' })
    const made = await issuePublic(context, { kind: 'agreement', slug: 'memo' }, 'en')
    await takeBack(db.database, 'agreement', recordId)
    const shown = await view(made.code)
    expect(JSON.stringify(shown)).not.toContain('Secret')
  })

  test('a change that the brief does not show leaves it current', async () => {
    const recordId = await partner('uni')
    const { code } = await issued('uni')
    await putPartner(
      db.database,
      { names: { en: 'University uni' }, location: [18.8, 98.95], locationPrecision: 'city' },
      { slug: 'uni', recordId },
    )
    expect((await view(code)).standing).toEqual({ state: 'current' })
  })

  test('a record that came to it makes it another than today’s, though none of its own has changed', async () => {
    const recordId = await partner('uni')
    const { code } = await issued('uni')
    const hosts = [{ partnerId: recordId, names: {}, country: 'TH' }]
    await putLab(db.database, { name: 'New laboratory', hosts }, { slug: 'new-lab', partnerIds: [recordId] })
    expect((await view(code)).standing).toEqual({ state: 'different' })
  })

  test('tells of an internal brief that it is genuine and whether it is current, and nothing else', async () => {
    const recordId = await partner('uni')
    const document = documentOf('en', [
      { type: 'paragraph', style: 'body', runs: [{ text: 'x', href: `${context.config.baseUrl}/en/partners/uni` }] },
    ])
    const { code } = await issueBrief(context, { kind: 'delegation', document, languages: ['en'], isInternal: true })
    const shown = await view(code)
    expect(shown).toMatchObject({ isInternal: true, title: undefined, languages: [], standing: { state: 'current' } })
    await partner('uni', 'Renamed University', recordId)
    expect((await view(code)).standing).toEqual({ state: 'changed', changed: [], withdrawn: 0 })
  })

  test('a code that is nobody’s, malformed, or of a brief that was never finished, is one answer', async () => {
    const document = documentOf('en', [{ type: 'paragraph', style: 'body', runs: [{ text: 'ꙮ🜁' }] }])
    await issueBrief(context, { kind: 'delegation', document, languages: ['en'] }).catch(() => undefined)
    const [row] = await db.sql<{ code: string }[]>`select code from issued_briefs`
    const code = row?.code ?? ''
    expect(readCode(code)).toBe(code)
    for (const given of [writeCode(newCode()), writeCode(code), 'x', '%', 'A'.repeat(5000), '২০২৬']) {
      await expect(showVerifyCode(context, 'en', given, noFile), given.slice(0, 30)).rejects.toMatchObject({
        code: 'no_such_brief',
        status: 404,
      })
    }
  })

  test('a code written otherwise leads to the one address', async () => {
    await partner('uni')
    const { code } = await issued('uni')
    expect(await showVerifyCode(context, 'en', code.toLowerCase().replaceAll('-', ''), noFile)).toEqual({
      written: code,
    })
  })
})

describe('enumeration', () => {
  test('ends after a few codes that are nobody’s; others go on, and so does everybody later', async () => {
    const guess = () => showVerifyCode(context, 'en', writeCode(newCode()), noFile)
    for (let at = 0; at < allowed.misses; at += 1)
      await expect(guess()).rejects.toMatchObject({ code: 'no_such_brief' })
    await expect(guess()).rejects.toMatchObject({ code: 'too_many_attempts', status: 429, params: { minutes: 15 } })
    const elsewhere = { ...noFile, address: '198.51.100.1' }
    await expect(showVerifyCode(context, 'en', writeCode(newCode()), elsewhere)).rejects.toMatchObject({
      code: 'no_such_brief',
    })
    context.clock.set('2026-12-24T08:00:00Z')
    await expect(guess()).rejects.toMatchObject({ code: 'no_such_brief' })
  })

  test('a network of IPv6 counts as one, and mistyped codes count for nothing', async () => {
    const from = (at: number) => ({ ...noFile, address: `2001:db8:1:2::${at.toString(16)}` })
    for (let at = 0; at < allowed.misses; at += 1) {
      await expect(showVerifyCode(context, 'en', 'mistyped', from(at))).rejects.toMatchObject({ code: 'no_such_brief' })
      await expect(showVerifyCode(context, 'en', writeCode(newCode()), from(at))).rejects.toThrow()
    }
    await expect(showVerifyCode(context, 'en', writeCode(newCode()), from(999))).rejects.toMatchObject({
      code: 'too_many_attempts',
    })
  })

  test('all look-ups have a bound as well, and files', async () => {
    await partner('uni')
    const { code } = await issued('uni')
    for (const what of ['lookups', 'files'] as const) {
      for (let at = 0; at < allowed[what]; at += 1) await countVerification(context, what, '203.0.113.9')
      await expect(countVerification(context, what, '203.0.113.9')).rejects.toMatchObject({ code: 'too_many_attempts' })
    }
    await expect(showVerifyCode(context, 'en', code, { ...noFile, address: '203.0.113.9' })).rejects.toMatchObject({
      code: 'too_many_attempts',
    })
  })
})

describe('a file', () => {
  const check = async (bytes: Uint8Array, code?: string) => {
    async function* source() {
      yield await Promise.resolve(bytes)
    }
    const seen = await examine(source(), [addressPattern, ...(await certificateTraces(db.database))])
    const page = code === undefined ? undefined : await findByCode(db.database, readCode(code) ?? '')
    return checkFile(db.database, { ...seen, name: 'file.pdf' }, page)
  }

  test('is genuine, altered, added to, another, or nobody’s', async () => {
    await partner('one')
    await partner('two')
    const [one, two] = [await issued('one'), await issued('two')]
    const entry = expect.objectContaining({ code: readCode(one.code) }) as unknown
    expect(await check(one.bytes)).toEqual({ verdict: 'genuine', entry })
    expect(await check(one.bytes, one.code)).toEqual({ verdict: 'genuine', entry })
    expect(await check(one.bytes, two.code)).toEqual({ verdict: 'another', entry })
    for (const at of [10, 2000, Math.floor(one.bytes.length / 2), one.bytes.length - 2]) {
      const changed = new Uint8Array(one.bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(await check(changed), `byte ${at}`).toEqual({ verdict: 'altered', entry })
    }
    const added = Buffer.concat([one.bytes, Buffer.from('\n9 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n')])
    expect(await check(added)).toEqual({ verdict: 'added', entry })
    const unlinked = Buffer.from(Buffer.from(one.bytes).toString('latin1').replaceAll('/verify/', '/nowhere'), 'latin1')
    expect(await check(unlinked)).toEqual({ verdict: 'signed_altered' })
    expect(await check(Buffer.from('%PDF-1.7\nsomebody else’s\n%%EOF'))).toEqual({ verdict: 'foreign' })
    expect(await check(Buffer.from('<!doctype html>'))).toEqual({ verdict: 'not_pdf' })
    expect(await check(Buffer.alloc(0))).toEqual({ verdict: 'not_pdf' })
    const guessed = `%PDF-1.7\n/URI (https://hub.example.org/en/verify/${writeCode(newCode())})\n%%EOF`
    expect(await check(Buffer.from(guessed))).toEqual({ verdict: 'foreign' })
  })
})

test('the page that takes codes and files says whose certificate it is, in every language', async () => {
  for (const locale of locales) {
    const page = await showVerify(context, locale, undefined, false)
    expect(page).toMatchObject({ answer: undefined, certificate: { name: 'Yunqiao hub.example.org', isOwn: true } })
    expect((await showVerify(context, locale, undefined, true)).answer).toEqual({ problem: 'missing', megabytes: 50 })
  }
})
