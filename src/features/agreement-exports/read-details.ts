import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import {
  agreementAmendments,
  agreementDocuments,
  agreementLinks,
  agreementMilestones,
  agreements,
  documentVersions,
  milestoneOccurrences,
  storedFiles,
} from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { milestoneFrom, occurrenceFrom } from '#features/milestones/rows.ts'
import type { Details, ExportedAmendment, ExportedDocument, ExportedMilestone } from './model.ts'

/**
 * Milestones, amendments, papers and links of agreements, by the agreement's id. The caller has made sure that the
 * actor may see the agreements; that the other ends of links may be seen is seen to here.
 */
export async function readDetails(
  database: Database,
  actor: Actor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Details>> {
  const wanted = [...ids]
  const [milestones, amendments, documents, links] = await Promise.all([
    readMilestones(database, wanted),
    readAmendments(database, wanted),
    readDocuments(database, wanted),
    database
      .select({ id: agreementLinks.agreementId, kind: agreementLinks.kind, otherId: agreementLinks.otherId })
      .from(agreementLinks)
      .innerJoin(agreements, eq(agreements.id, agreementLinks.otherId))
      .where(and(inArray(agreementLinks.agreementId, wanted), visibleTo(actor)))
      .orderBy(asc(agreementLinks.otherId)),
  ])
  const linksOf = Map.groupBy(links, ({ id }) => id)
  return new Map(
    wanted.map((id) => [
      id,
      {
        milestones: milestones.get(id) ?? [],
        amendments: amendments.get(id) ?? [],
        documents: documents.get(id) ?? [],
        links: (linksOf.get(id) ?? []).map(({ kind, otherId }) => ({ kind, otherId })),
      },
    ]),
  )
}

async function readMilestones(database: Database, ids: string[]): Promise<Map<string, ExportedMilestone[]>> {
  const rows = await database
    .select({ milestone: agreementMilestones, occurrence: milestoneOccurrences })
    .from(agreementMilestones)
    .innerJoin(milestoneOccurrences, eq(milestoneOccurrences.milestoneId, agreementMilestones.id))
    .where(and(inArray(agreementMilestones.agreementId, ids), isNull(agreementMilestones.archivedAt)))
    .orderBy(asc(agreementMilestones.firstDue), asc(agreementMilestones.id), asc(milestoneOccurrences.due))
  const milestones = [...Map.groupBy(rows, (row) => row.milestone.id).values()].flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    const { id, agreementId, words } = milestoneFrom(first.milestone)
    const days = own.map(({ occurrence }) => {
      const { due, state, metOn, paid } = occurrenceFrom(occurrence)
      return { due: due.toString(), state, metOn: metOn?.toString() ?? null, paid }
    })
    const { kind, title, partyPosition, rule, money } = words
    return { agreementId, milestone: { id, kind, title, party: partyPosition, rule, money, days } }
  })
  return grouped(milestones.map(({ agreementId, milestone }) => [agreementId, milestone]))
}

async function readAmendments(database: Database, ids: string[]): Promise<Map<string, ExportedAmendment[]>> {
  const rows = await database
    .select()
    .from(agreementAmendments)
    .where(inArray(agreementAmendments.agreementId, ids))
    .orderBy(asc(agreementAmendments.number))
  return grouped(
    rows.map(({ agreementId, number, kind, summary, signedOn, effectiveOn, languages }) => [
      agreementId,
      { number, kind, summary, signedOn, effectiveOn, languages },
    ]),
  )
}

async function readDocuments(database: Database, ids: string[]): Promise<Map<string, ExportedDocument[]>> {
  const rows = await database
    .selectDistinctOn([agreementDocuments.id], {
      document: agreementDocuments,
      version: documentVersions,
      file: storedFiles,
    })
    .from(agreementDocuments)
    .innerJoin(documentVersions, eq(documentVersions.documentId, agreementDocuments.id))
    .innerJoin(storedFiles, eq(storedFiles.sha256, documentVersions.sha256))
    .where(and(inArray(agreementDocuments.agreementId, ids), isNull(agreementDocuments.archivedAt)))
    .orderBy(asc(agreementDocuments.id), desc(documentVersions.version))
  return grouped(
    rows.map(({ document, version, file }) => [
      document.agreementId,
      {
        id: document.id,
        kind: document.kind,
        title: document.title,
        language: document.language,
        version: version.version,
        mediaType: file.mediaType,
        sha256: file.sha256,
        sizeBytes: file.sizeBytes,
        createdAt: Temporal.Instant.from(document.createdAt),
        uploadedAt: Temporal.Instant.from(version.uploadedAt),
      },
    ]),
  )
}

function grouped<Value>(pairs: readonly (readonly [string, Value])[]): Map<string, Value[]> {
  return new Map([...Map.groupBy(pairs, ([id]) => id)].map(([id, own]) => [id, own.map(([, value]) => value)]))
}
