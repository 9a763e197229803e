import { isDeepStrictEqual } from 'node:util'
import { and, eq } from 'drizzle-orm'
import { agreementParties, agreements } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { refreshTokens } from '#features/agreements/search-steps.ts'
import { lockOwn } from '#features/agreements/lock-own.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import { signatureChange, signatureColumns } from './columns.ts'
import { checkSignatures, type Signature, type TypedSignature } from './model.ts'
import { markOfSignatures, readSignedParties } from './queries.ts'

export interface SignatureContext extends OnceContext {
  readonly config: { readonly officeTimeZone: string }
}

export interface RecordedSignatures {
  readonly id: string
  /** The version of the agreement that the person saw: its parties in their order. */
  readonly version: number
  readonly token: string
  /** `markOfSignatures` that the form was opened on. */
  readonly seen: string
  readonly signatures: readonly TypedSignature[]
  /** Paths of texts that look like Zawgyi and shall stay so. */
  readonly keep?: readonly string[]
}

/**
 * Puts on record who signed for each party and when; returns the agreement's id. Once every party has signed and the
 * agreement has no date of signature, it gets the last of theirs.
 * @throws DomainError `not_found`, `stale_version`, `transition_not_allowed` for an agreement that came to nothing,
 * `invalid_input`.
 */
export const recordSignatures = command(
  'agreements.record_signatures',
  (context: SignatureContext, actor, input: RecordedSignatures) =>
    once(context, actor, { token: input.token, action: `agreement.signatures:${input.id}` }, async (tx) => {
      const record = await lockOwn(tx, actor, input.id)
      if (['declined', 'withdrawn'].includes(record.state)) throw new DomainError('transition_not_allowed')
      const parties = await readSignedParties(tx, record.id)
      if (record.version !== input.version || markOfSignatures(parties) !== input.seen) {
        throw new DomainError('stale_version', { version: record.version })
      }
      const positions = new Set(parties.map(({ position }) => position))
      const isKnown = input.signatures.every(({ position }) => positions.delete(position))
      if (!isKnown) throw new DomainError('bad_request', { parameter: 'signatures' })
      const today = officeDay(context.clock, context.config.officeTimeZone)
      const known = new Set(parties.flatMap(({ position, signed }) => (isWithoutDay(signed) ? [position] : [])))
      const rules = { withoutDay: (position: number) => known.has(position), keep: input.keep ?? [] }
      const { signatures, problems } = checkSignatures(input.signatures, today, rules)
      if (problems.length > 0) throw new DomainError('invalid_input', {}, problems)
      const changed = signatures.flatMap(({ position, ...after }) => {
        const before = parties.find((party) => party.position === position)?.signed
        return isDeepStrictEqual(before, after) ? [] : [{ position, before, after }]
      })
      if (changed.length === 0) return record.id
      const at = context.clock.now()
      for (const { position, after } of changed) {
        await tx
          .update(agreementParties)
          .set(signatureColumns(after))
          .where(and(eq(agreementParties.agreementId, record.id), eq(agreementParties.position, position)))
      }
      await refreshTokens(tx, [record.id])
      const days = (await readSignedParties(tx, record.id)).map(({ signed }) => signed.signedOn)
      const last = record.words.signed === null && !days.includes(null) ? days.toSorted().at(-1) : undefined
      const version = record.version + 1
      if (last) {
        await tx
          .update(agreements)
          .set({ signed: last, signedPrecision: 'day', version, updatedAt: at.toString() })
          .where(eq(agreements.id, record.id))
      }
      await recordAudit(tx, actor, {
        action: 'agreement.signatures',
        subject: { kind: 'agreement', id: record.id },
        at,
        changes: [
          ...changed.map(({ position, before, after }) => signatureChange(position, before, after)),
          ...(last
            ? [
                { field: 'signed', before: null, after: last },
                { field: 'version', before: record.version, after: version },
              ]
            : []),
        ],
      })
      return record.id
    }),
)

/** Taken in from papers that do not show the day: a gap that may stay. */
const isWithoutDay = ({ names, signedOn }: Signature) => signedOn === null && Object.keys(names).length > 0
