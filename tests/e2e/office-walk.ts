import AxeBuilder from '@axe-core/playwright'
import { type APIResponse, type Browser, expect, type Locator, type Page } from '@playwright/test'
import type { TransitionName } from '#features/agreements/lifecycle.ts'
import { namespaces } from '#platform/i18n/keys.ts'
import { languageTags, type Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { type AgreementPart, paths } from '#platform/paths.ts'
import type { people } from '#tests/support/people.ts'
import { samplePdf } from '#tests/support/sample-files.ts'

/** What tests that walk through the office have in common: who opens it, and the forms that most of them fill. */

export type Person = (typeof people)[keyof typeof people]

export interface NewPage {
  readonly javaScriptEnabled?: boolean
  readonly viewport?: { readonly width: number; readonly height: number }
}

/** A page of its own, with cookies of its own. The office works without a script, so it is walked through without. */
export async function newPage(browser: Browser, options: NewPage = {}): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options })
  return context.newPage()
}

export async function signIn(page: Page, locale: Locale, person: Person): Promise<void> {
  const t = translator(locale)
  await page.getByLabel(t('office:email')).fill(person.email)
  await page.getByLabel(t('office:password')).fill(person.password)
  await page.getByRole('button', { name: t('office:sign_in.do'), exact: true }).click()
}

/** Opens an address of the office as somebody, by way of the sign-in page. */
export async function openAs(page: Page, locale: Locale, person: Person, path: string): Promise<void> {
  await page.goto(path)
  await expect(page).toHaveURL(/\/office\/sign-in\?next=/)
  await signIn(page, locale, person)
  await expect(page).toHaveURL(path)
}

/** The same on a page of their own. */
export async function openOwn(browser: Browser, locale: Locale, person: Person, path: string): Promise<Page> {
  const page = await newPage(browser)
  await openAs(page, locale, person, path)
  return page
}

/** A key of a text, with its namespace or without; names of files and addresses look alike but for their ends. */
const untranslated = new RegExp(
  [
    String.raw`\b(?:${namespaces.join('|')}):[a-z_.]+|\{\{|\bundefined\b|\[object `,
    String.raw`(?<![\w@./-])[a-z_]{2,}\.(?!pdf|org|doc|xls|od|png|jp|csv)[a-z_]{2,}(?![\w@/.-])`,
  ].join('|'),
)

/** What every page of the office owes whoever works there. */
export async function expectSound(page: Page, locale: Locale): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', languageTags[locale])
  await expect(page.locator('h1')).toHaveCount(1)
  expect(await page.locator('body').innerText(), 'a key that was not translated').not.toMatch(untranslated)
}

/** axe finds nothing on the page. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  expect(found).toEqual([])
}

/** The same of a page that is walked without scripts: the checker is one, so it looks in a browser that runs them. */
export async function expectAccessibleElsewhere(browser: Browser, page: Page): Promise<void> {
  const storageState = await page.context().storageState()
  const context = await browser.newContext({ storageState, javaScriptEnabled: true })
  const scripted = await context.newPage()
  await scripted.goto(page.url())
  await expectAccessible(scripted)
  await context.close()
}

/** Nothing on the page is wider than the window; needs a script. */
export async function expectFits(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, page.url()).toBeLessThanOrEqual(0)
}

export const field = (page: Page, name: string): Locator => page.locator(`[name="${name}"]`)

/** The button that ends a form. */
export const save = (page: Page): Promise<void> => page.locator('.form-end').getByRole('button').click()

/** A date in three boxes, from ISO 8601. */
export async function fillParts(page: Page, name: string, date: string): Promise<void> {
  const [year = '', month = '', day = ''] = date.split('-')
  await field(page, `${name}.year`).fill(year)
  await field(page, `${name}.month`).fill(month)
  await field(page, `${name}.day`).fill(day)
}

/** Sends a form that no page offers; returns the answer. */
export async function forge(page: Page, path: string, form: Record<string, string>): Promise<APIResponse> {
  const headers = { origin: new URL(page.url()).origin }
  return page.request.post(path, { headers, form: { token: crypto.randomUUID(), ...form }, maxRedirects: 0 })
}

/** What a new agreement says, as its form names it; what is left out stays as the form gives it. */
export interface SampleAgreement {
  readonly title: string
  readonly kind?: string
  readonly titleLocale?: Locale
  readonly chosen?: Readonly<Record<string, string | { readonly label: string }>>
  readonly filled?: Readonly<Record<string, string>>
  readonly dates?: Readonly<Record<string, string>>
  readonly authentic?: readonly Locale[]
  /** Original names of the parties. */
  readonly parties?: readonly string[]
}

/** Records an agreement on a page that is signed in; returns its id. */
export async function recordAgreement(page: Page, locale: Locale, sample: SampleAgreement): Promise<string> {
  const titleLocale = sample.titleLocale ?? 'en'
  await page.goto(paths.office.newAgreement(locale))
  await page.locator('[name="secrecy"][value="none"]').check()
  await field(page, 'kind').selectOption(sample.kind ?? 'memorandum_of_understanding')
  await field(page, 'sourceLocale').selectOption(titleLocale)
  await field(page, `titles.${titleLocale}`).fill(sample.title)
  for (const [at, name] of (sample.parties ?? []).entries()) await field(page, `parties.${at}.name`).fill(name)
  for (const [name, value] of Object.entries(sample.chosen ?? {})) await field(page, name).selectOption(value)
  for (const [name, value] of Object.entries(sample.filled ?? {})) await field(page, name).fill(value)
  for (const [name, value] of Object.entries(sample.dates ?? {})) await fillParts(page, name, value)
  for (const language of sample.authentic ?? []) await page.locator(`[name="authentic"][value="${language}"]`).check()
  await save(page)
  await expect(page.getByRole('status')).toContainText(translator(locale)('office:done.recorded'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(sample.title)
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** One agreement as somebody works on it, signed in and in one language. */
export function workOn(page: Page, locale: Locale, id: string) {
  const t = translator(locale)
  const overview = paths.office.agreement(locale, id)
  const open = async (part?: AgreementPart) =>
    page.goto(part === undefined ? overview : paths.office.agreementPart(locale, id, part))
  const said = async (words: string) => expect(page.getByRole('status')).toContainText(words)

  return {
    page,
    t,
    overview,
    open,

    /** Answers every point of a checklist. */
    async answer(stage: 'negotiation' | 'signature'): Promise<void> {
      await open('checklist')
      for (const point of await page.locator(`#field-${stage} .check-point`).all()) {
        await point.locator('[value="cleared"]').check()
        await point.locator('textarea').fill(`${t(`checklists:stage.${stage}`)} 1`)
      }
      await save(page)
      await said(t('checklists:done'))
    },

    /** Takes a step on the agreement's page, with the reason that some ask for. */
    async move(step: TransitionName, reason = ''): Promise<void> {
      await open()
      const form = page.locator(`form:has(button[value="move:${step}"])`)
      if (reason !== '') {
        await form.locator('summary').click()
        await form.locator('textarea').fill(reason)
      }
      await form.locator(`button[value="move:${step}"]`).click()
      await said(t('office:done.moved'))
    },

    async sendToReview(mode: 'sequence' | 'parallel', reviewers: Readonly<Record<string, Person>>): Promise<void> {
      await open('review')
      await field(page, 'mode').selectOption(mode)
      for (const [aspect, person] of Object.entries(reviewers)) {
        await field(page, `reviewers.${aspect}`).selectOption({ label: person.email })
      }
      await page.getByRole('button', { name: t('reviews:send.do') }).click()
      await said(t('reviews:done.sent'))
    },

    async approve(note: string): Promise<void> {
      await open('review')
      await field(page, 'note').fill(note)
      await page.getByRole('button', { name: t('reviews:decide.approve') }).click()
      await said(t('reviews:done.decided'))
    },

    /** Puts a small PDF on file. */
    async upload(kind: string, title: string, language: Locale | ''): Promise<void> {
      await open('documents')
      await field(page, 'kind').selectOption(kind)
      await field(page, 'title').fill(title)
      await field(page, 'language').selectOption(language)
      const file = { name: `${title}.pdf`, mimeType: 'application/pdf', buffer: samplePdf([], `${id} ${language}`) }
      await field(page, 'file').setInputFiles(file)
      await page
        .locator('.panel')
        .getByRole('button', { name: t('documents:upload') })
        .click()
      await said(t('documents:done.added'))
    },

    /** Everybody's signatory, all on one day (ISO 8601). */
    async sign(names: readonly string[], signedOn: string): Promise<void> {
      await open('signatures')
      for (const [at, name] of names.entries()) {
        await field(page, `signatures.${at}.name`).fill(name)
        await field(page, `signatures.${at}.signedOn`).fill(signedOn)
      }
      await save(page)
      await said(t('agreements:signatures.done'))
    },
  }
}

export type Work = ReturnType<typeof workOn>
