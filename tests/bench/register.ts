import { and, asc, eq, ne, sql } from 'drizzle-orm'
import { agreements, partners, users } from '#db/schema/index.ts'
import { createUser } from '#features/accounts/commands.ts'
import type { AppContext } from '#platform/context.ts'
import { paths } from '#platform/paths.ts'
import { startProcess } from '#tests/integration/http/process.ts'
import { registerCases } from './register-cases.ts'
import { openBenchRegister } from './register-data.ts'
import { measureHurried, measureReading, type Page, type SignedIn } from './register-pages.ts'
import type { BenchRow } from './rows.ts'

const locale = 'th'
const agreementsAsked = 200

/**
 * Lists, filters, orders, words and an agreement's page at 100,000 agreements: whole pages, over HTTP, from the server
 * as it runs in production, for eight people who are signed in and look at each page before they ask for the next, whichever that is.
 */
export async function benchRegister(): Promise<BenchRow[]> {
  const { context, dataDir } = await openBenchRegister()
  const site = await startProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' })
  try {
    const { known, ids } = await whatIsAskedFor(context)
    const signedIn = await signIn(context, site.origin)
    const lists = registerCases(known).map(([name, query]): Page => {
      const path = `${paths.office.agreements(locale)}${query === '' ? '' : `?${query}`}`
      return { name, pathOf: () => path }
    })
    const agreement: Page = {
      name: 'an agreement’s page',
      pathOf: (call) => paths.office.agreement(locale, ids[call % ids.length] ?? ''),
    }
    const whole: Page = { name: 'the whole register', pathOf: () => paths.office.agreements(locale) }
    return [
      ...(await measureReading(signedIn, [...lists, agreement])),
      await measureHurried(signedIn, agreement),
      await measureHurried(signedIn, whole),
    ]
  } finally {
    await site.stop()
    await context.close()
  }
}

/** What the lists are narrowed by, and agreements from all over the register. */
async function whatIsAskedFor({ database }: AppContext) {
  const sample = await database
    .select()
    .from(partners)
    .where(eq(partners.sources, ['https://example.org/']))
    .orderBy(asc(partners.slug))
  const [someone] = await database.select().from(users).where(eq(users.email, 'officer-3@sample.invalid'))
  const some = await database
    .select({ id: agreements.id })
    .from(agreements)
    .where(and(eq(agreements.origin, 'office'), ne(agreements.visibility, 'confidential')))
    .orderBy(sql`md5(${agreements.slug})`)
    .limit(agreementsAsked)
  return {
    known: {
      partner: sample.find((one) => one.country === 'CN')?.id ?? '',
      rarePartner: sample.find((one) => one.country === 'MY')?.id ?? '',
      officer: someone?.id ?? '',
    },
    ids: some.map(({ id }) => id),
  }
}

async function signIn(context: AppContext, origin: string): Promise<SignedIn> {
  const email = 'bench@example.org'
  const given = { email, roles: ['agreement_officer'], password: 'measured, not guessed' } as const
  const [known] = await context.database.select().from(users).where(eq(users.email, email))
  const id = known?.id ?? (await createUser(context, { kind: 'command_line' }, { ...given, roles: [...given.roles] }))
  const [cookie = ''] = (await context.sessions.open(id)).split(';')
  return { origin, cookie }
}
