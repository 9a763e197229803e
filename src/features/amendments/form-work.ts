import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '#features/accounts/model.ts'
import { draftOf } from '#features/agreements/draft.ts'
import { pressButton } from '#features/agreements/draft-buttons.ts'
import { type FormChoices, readChoices } from '#features/agreements/form-choices.ts'
import { signedStates } from '#features/agreements/next-due.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import { partnerNamesById } from '#features/agreements/office-titles.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import { vocabularyFor } from '#features/agreements/vocabulary.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { checkDay, collectProblems } from '#features/milestones/check-parts.ts'
import { type PaperOption, papersOf } from '#features/milestones/queries.ts'
import { officeDay } from '#platform/clock.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { withLanguages } from '#platform/i18n/same-language.ts'
import { newId } from '#platform/ids.ts'
import { zawgyiToUnicode } from '#platform/text/zawgyi.ts'
import { checkAmendment, mergedDraft } from './check.ts'
import { recordAmendment } from './commands.ts'
import { type AmendmentDraft, emptyAmendment, readAmendmentForm, shownIn } from './draft.ts'
import { type Agreed, agreedOf, amendmentKinds, changesTo, heldBefore } from './model.ts'
import { type AmendmentRecord, readAmendments, wordsWith } from './state.ts'

export interface AmendmentVisit {
  readonly actor: Extract<Actor, { kind: 'user' }>
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly locale: Locale
  readonly id: string
  /** What the address says: `kind` and `on`, the day of effect. */
  readonly query: URLSearchParams
}

/** The first step: what kind, and from which day. `draft` is undefined until both are known. */
export interface AmendmentWork {
  readonly hub: Hub
  readonly record: AgreementRecord
  readonly signed: boolean
  readonly draft: AmendmentDraft | undefined
  readonly chosen: { readonly kind: string; readonly on: string }
  /** What held before the amendment's day, shown beside what shall hold. */
  readonly held: Agreed
  readonly token: string
  readonly problems: readonly FieldProblem[]
  readonly status: number
  /** `resumed`: signed in again. `held`: something else held than the form showed; what nobody touched was taken over. */
  readonly notice: 'resumed' | 'held' | 'sent' | undefined
  readonly choices: FormChoices
  readonly papers: readonly PaperOption[]
  readonly languages: readonly string[]
  readonly partnerNames: ReadonlyMap<string, Readonly<Record<string, string>>>
}

type Outcome = Partial<Pick<AmendmentWork, 'problems' | 'status' | 'notice' | 'token'>> & {
  readonly draft: AmendmentDraft | undefined
  readonly held: Agreed
}

interface Ground {
  readonly record: AgreementRecord
  readonly row: Agreed
  readonly amendments: readonly AmendmentRecord[]
  readonly papers: readonly PaperOption[]
  readonly languages: readonly string[]
  readonly today: Temporal.PlainDate
}

/** Opens, changes or saves the form of an amendment. @throws DomainError `not_found`, `bad_request` */
export async function workOnAmendment(
  context: AppContext,
  visit: AmendmentVisit,
): Promise<AmendmentWork | { readonly saved: string }> {
  const { locale, query } = visit
  let ground = await readGround(context, visit)
  const done = visit.form === undefined ? open(ground, query) : await send(context, visit, ground, visit.form)
  if ('saved' in done) return done
  if (done.notice === 'held') ground = await readGround(context, visit)
  const hub = await loadHub(context.database)
  const typed = done.draft?.words.parties.map((party) => party.partnerId || null) ?? []
  return {
    hub,
    record: ground.record,
    signed: signedStates.includes(ground.record.state),
    chosen: { kind: query.get('kind') ?? '', on: query.get('on') ?? '' },
    token: newId(),
    problems: [],
    status: 200,
    notice: undefined,
    ...done,
    choices: await readChoices(context.database, hub, locale),
    papers: ground.papers,
    languages: ground.languages,
    partnerNames: await partnerNamesById(context.database, [
      ...typed,
      ...partnersIn(done.held),
      ...ground.record.words.parties.map((party) => party.partnerId),
    ]),
  }
}

export function partnersIn(agreed: Agreed): (string | null)[] {
  const parties = agreed['parties']
  return Array.isArray(parties)
    ? (parties as readonly { partnerId?: string | null }[]).map(({ partnerId = null }) => partnerId)
    : []
}

async function readGround(context: AppContext, { actor, id }: AmendmentVisit): Promise<Ground> {
  const record = await requireRecord(context.database, actor, id)
  return {
    record,
    row: agreedOf(record.words),
    amendments: await readAmendments(context.database, id),
    papers: await papersOf(context.database, id),
    languages: withLanguages(record.words.authenticLanguages, locales),
    today: officeDay(context.clock, context.config.officeTimeZone),
  }
}

function open({ record, row, amendments }: Ground, query: URLSearchParams): Outcome {
  const kind = amendmentKinds.find((name) => name === query.get('kind'))
  const { problems, report } = collectProblems()
  const effectiveOn = checkDay(query.get('on') ?? '', 'on', report)
  const asked = query.has('on') || query.has('kind')
  if (kind === undefined && asked) report('kind', 'required')
  if ((query.get('on') ?? '').trim() === '' && asked) report('on', 'required')
  if (kind === undefined || effectiveOn === undefined) {
    return { draft: undefined, held: row, problems, status: problems.length > 0 ? 422 : 200 }
  }
  const number = Math.max(0, ...amendments.map((amendment) => amendment.number)) + 1
  const held = heldBefore(row, amendments, { number, effectiveOn })
  return { draft: emptyAmendment(record.words, held, { number, kind, effectiveOn }), held }
}

async function send(
  context: AppContext,
  visit: AmendmentVisit,
  ground: Ground,
  form: FormData,
): Promise<Outcome | { readonly saved: string }> {
  const { draft, button, token, version } = readAmendmentForm(form)
  if (!/^\d{1,9}$/.test(version)) throw new DomainError('bad_request', { parameter: 'version' })
  const same = { draft, held: shownIn(draft) ?? ground.row, token }
  if (visit.resumed) return { ...same, notice: 'resumed' }
  if (button !== 'save') return { ...same, draft: press(draft, button) }
  const { record, amendments, row } = ground
  const result = checkAmendment(draft, {
    words: record.words,
    vocabulary: await vocabularyFor(context.database, mergedDraft(draft, record.words)),
    documentIds: ground.papers.map(({ id }) => id),
    languages: ground.languages,
    today: ground.today,
  })
  if ('problems' in result) return { ...same, problems: result.problems, status: 422 }
  const { agreed, ...words } = result.checked
  const held = heldBefore(row, amendments, words)
  if (!isDeepStrictEqual(held, shownIn(draft))) return reground(draft, agreed, ground)
  const changes = changesTo(held, agreed)
  if (changes.length === 0 && words.kind !== 'other')
    return { ...same, problems: [{ path: 'amendment.kind', code: 'no_change' }], status: 422 }
  try {
    await recordAmendment(context, visit.actor, {
      agreementId: record.id,
      version: Number(version),
      token,
      words: { ...words, changes },
    })
    return { saved: record.id }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'invalid_input') return { ...same, problems: error.problems, status: error.status }
    if (error.code === 'duplicate') return { ...same, notice: 'sent', status: error.status, token: newId() }
    if (error.code !== 'stale_version') throw error
    return reground(draft, agreed, await readGround(context, visit))
  }
}

/** Puts what was typed on what holds now: fields that nobody touched follow, the others stay as typed. */
function reground(draft: AmendmentDraft, typed: Agreed, { record, row, amendments }: Ground): Outcome {
  const effectiveOn = Temporal.PlainDate.from(checkDay(draft.effectiveOn, '', () => undefined) ?? '')
  const held = heldBefore(row, amendments, { number: Number(draft.number), effectiveOn })
  const shown = shownIn(draft) ?? held
  const merged = Object.fromEntries(
    Object.entries(typed).map(([field, value]) => [
      field,
      isDeepStrictEqual(value, shown[field]) ? (held[field] ?? null) : value,
    ]),
  )
  return {
    held,
    draft: {
      ...draft,
      words: { ...draftOf(wordsWith(record.words, merged)), keep: draft.words.keep },
      shown: JSON.stringify(held),
    },
    notice: 'held',
    status: 409,
  }
}

function press(draft: AmendmentDraft, button: string): AmendmentDraft {
  if (button === 'convert:amendment.summary') return { ...draft, summary: zawgyiToUnicode(draft.summary) }
  if (button === 'keep:amendment.summary') {
    return { ...draft, words: { ...draft.words, keep: [...draft.words.keep, 'amendment.summary'] } }
  }
  if (button.startsWith('take:')) throw new DomainError('bad_request', { parameter: 'do' })
  return { ...draft, words: pressButton(draft.words, button, undefined) }
}
