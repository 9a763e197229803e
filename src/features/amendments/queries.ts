import type { Actor } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import { signedStates } from '#features/agreements/next-due.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import { partnerNamesById } from '#features/agreements/office-titles.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import { deadlines, type Deadlines } from '#features/agreements/term.ts'
import { officeWorkingDays } from '#features/workdays/queries.ts'
import { bestName, type Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { checkDay, collectProblems } from '#features/milestones/check-parts.ts'
import { type PaperOption, papersOf } from '#features/milestones/queries.ts'
import { officeDay } from '#platform/clock.ts'
import type { AppContext } from '#platform/context.ts'
import type { FieldProblem } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { missingLanguages } from '#platform/i18n/same-language.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { partnersIn } from './form-work.ts'
import {
  type Agreed,
  agreedOf,
  agreedFirst,
  agreedOn,
  changesTo,
  type AmendmentChange,
  type Contradiction,
  contradictions,
} from './model.ts'
import { type AmendmentRecord, type AnnulledAmendment, readAmendments, readAnnulled, wordsWith } from './state.ts'

export interface AmendmentLine extends AmendmentRecord {
  readonly recorder: string | undefined
  readonly document: PaperOption | undefined
  /** Authentic languages of the agreement in which it does not exist. */
  readonly missing: readonly string[]
}

export interface AmendmentsPage {
  readonly hub: Hub
  readonly record: AgreementRecord
  readonly title: string
  readonly signed: boolean
  /** What the agreement holds today. */
  readonly row: Agreed
  /** In order of effect. */
  readonly lines: readonly AmendmentLine[]
  readonly contradictions: readonly Contradiction[]
  /** What was annulled, the last one first. */
  readonly annulled: readonly (AnnulledAmendment & { readonly annuller: string | undefined })[]
  readonly papers: readonly PaperOption[]
  readonly today: Temporal.PlainDate
  readonly partnerNames: ReadonlyMap<string, Readonly<Record<string, string>>>
}

/** @throws DomainError `not_found` where there is none, or none that the actor may see. */
export async function readAmendmentsPage(
  context: AppContext,
  actor: Actor,
  id: string,
  t: Translate,
  locale: Locale,
): Promise<AmendmentsPage> {
  const { database } = context
  const record = await requireRecord(database, actor, id)
  const row = agreedOf(record.words)
  const amendments = await readAmendments(database, id)
  const annulled = await readAnnulled(database, id)
  const papers = await papersOf(database, id)
  const people = await namesOfUsers(database, [
    ...amendments.map(({ recordedBy }) => recordedBy),
    ...annulled.map(({ annulledBy }) => annulledBy),
  ])
  const states = [
    row,
    ...[...amendments, ...annulled].flatMap(({ changes }) =>
      changes.flatMap(({ field, before, after }) => [{ [field]: before }, { [field]: after }]),
    ),
  ]
  return {
    hub: await loadHub(database),
    record,
    title: bestName(record.words.titles, locale)?.value ?? t('agreements:untitled'),
    signed: signedStates.includes(record.state),
    row,
    lines: amendments.map((amendment) => ({
      ...amendment,
      recorder: people.get(amendment.recordedBy ?? ''),
      document: papers.find((paper) => paper.id === amendment.documentId),
      missing: missingLanguages(record.words.authenticLanguages, amendment.languages),
    })),
    contradictions: contradictions(row, amendments),
    annulled: annulled.map((one) => ({ ...one, annuller: people.get(one.annulledBy ?? '') })),
    papers,
    today: officeDay(context.clock, context.config.officeTimeZone),
    partnerNames: await partnerNamesById(database, states.flatMap(partnersIn)),
  }
}

/** What the register says of an agreement on a day. */
export interface AsOfPage extends AmendmentsPage {
  readonly day: Temporal.PlainDate
  /** As typed, where it is no day. */
  readonly typed: string
  readonly problems: readonly FieldProblem[]
  readonly agreed: Agreed
  /** From what was agreed first to what holds on the day. */
  readonly sinceFirst: readonly AmendmentChange[]
  /** Amendments in effect on the day. */
  readonly inEffect: readonly AmendmentLine[]
  readonly deadlines: Deadlines
}

/** @param typed the day as the address says it; nothing: today */
export async function readAsOf(
  context: AppContext,
  actor: Actor,
  id: string,
  typed: string,
  t: Translate,
  locale: Locale,
): Promise<AsOfPage> {
  const page = await readAmendmentsPage(context, actor, id, t, locale)
  const { problems, report } = collectProblems()
  const day = checkDay(typed, 'on', report) ?? page.today
  const agreed = agreedOn(page.row, page.lines, day)
  return {
    ...page,
    day,
    typed: typed === '' ? day.toString() : typed.slice(0, 40),
    problems,
    agreed,
    sinceFirst: changesTo(agreedFirst(page.row, page.lines), agreed),
    inEffect: page.lines.filter(({ effectiveOn }) => Temporal.PlainDate.compare(effectiveOn, day) <= 0),
    deadlines: deadlines(wordsWith(page.record.words, agreed), day, await officeWorkingDays(context.database)),
  }
}

/** What the agreement's page says of its amendments. */
export async function amendmentsOf(
  context: Pick<AppContext, 'database'>,
  agreementId: string,
  authentic: readonly string[],
) {
  const amendments = await readAmendments(context.database, agreementId)
  return amendments.map((amendment) => ({ ...amendment, missing: missingLanguages(authentic, amendment.languages) }))
}
