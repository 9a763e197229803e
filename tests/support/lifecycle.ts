import { eq } from 'drizzle-orm'
import { agreementDocuments, documentVersions, storedFiles } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { moveAgreement } from '#features/agreements/move-commands.ts'
import { readRecord } from '#features/agreements/record.ts'
import { answerChecklist } from '#features/checklists/commands.ts'
import { markOf } from '#features/checklists/mark.ts'
import { pointsFor, type Stage } from '#features/checklists/model.ts'
import { readAnswers } from '#features/checklists/queries.ts'
import { decideReview, sendToReview } from '#features/reviews/commands.ts'
import { readReviewPage } from '#features/reviews/queries.ts'
import { recordSignatures } from '#features/signatures/commands.ts'
import { markOfSignatures, readSignedParties } from '#features/signatures/queries.ts'
import { newId } from '#platform/ids.ts'
import type { TestContext } from './context.ts'

type Staff = Extract<Actor, { kind: 'user' }>

/** What people do to an agreement, each call with a token of its own and the version that is on record. */
export function lifecycleOf(context: TestContext, officer: Staff) {
  const read = async (id: string) => (await readRecord(context.database, officer, id))!
  return {
    read,
    move: async (id: string, transition: string, note = '', who: Actor = officer) =>
      moveAgreement(context, who, { id, version: (await read(id)).version, token: newId(), transition, note }),
    /** Answers every point of a stage. */
    clear: async (id: string, stage: Stage, answer = 'cleared') => {
      const { words } = await read(id)
      const seen = markOf(await readAnswers(context.database, id))
      const answers = pointsFor(words.kind, stage).map((point) => ({ point, answer, reason: 'Looked at' }))
      return answerChecklist(context, officer, { id, token: newId(), seen, answers })
    },
    send: async (id: string, reviewers: Readonly<Record<string, Staff>>, mode = 'parallel', who: Actor = officer) =>
      sendToReview(context, who, {
        id,
        version: (await read(id)).version,
        token: newId(),
        mode,
        reviewers: Object.entries(reviewers).map(([aspect, { id: userId }]) => ({ aspect, userId })),
      }),
    /** Decides the part of a reviewer in the newest round. */
    decide: async (id: string, reviewer: Staff, decision = 'approved', note = '') => {
      const { rounds } = await readReviewPage(context.database, officer, await read(id))
      const part = rounds[0]?.parts.find(({ userId }) => userId === reviewer.id)
      const position = part?.position ?? 99
      const reviewId = rounds[0]?.id ?? ''
      return decideReview(context, reviewer, { id, reviewId, position, token: newId(), decision, note })
    },
    sign: async (id: string, signedOn = '2026-01-15') => {
      const parties = await readSignedParties(context.database, id)
      return recordSignatures(context, officer, {
        id,
        version: (await read(id)).version,
        token: newId(),
        seen: markOfSignatures(parties),
        signatures: parties.map(({ position }) => ({ position, name: '示例人', language: 'zh', title: '', signedOn })),
      })
    },
    /** Puts a paper on file as documents do, without its bytes. Returns its id. */
    file: async (id: string, kind: string, language: string | null = null) => {
      const [documentId, at] = [newId(), context.clock.now().toString()]
      const sha256 = documentId.replaceAll('-', '').padEnd(64, '0')
      await context.database.insert(storedFiles).values({ sha256, sizeBytes: 1, mediaType: 'application/pdf' })
      await context.database
        .insert(agreementDocuments)
        .values({ id: documentId, agreementId: id, kind, title: `A ${kind}`, language, createdAt: at })
      await context.database
        .insert(documentVersions)
        .values({ documentId, version: 1, sha256, fileName: 'paper.pdf', uploadedAt: at })
      return documentId
    },
    archive: (documentId: string) =>
      context.database
        .update(agreementDocuments)
        .set({ archivedAt: context.clock.now().toString() })
        .where(eq(agreementDocuments.id, documentId)),
  }
}
