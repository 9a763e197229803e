import type { Database } from '#db/client.ts'
import { agreementBrief } from '#features/agreements/brief.ts'
import { showAgreement } from '#features/agreements/queries.ts'
import { facilityBrief } from '#features/facilities/brief.ts'
import { showFacility } from '#features/facilities/queries.ts'
import { labBrief } from '#features/labs/brief.ts'
import { showLab } from '#features/labs/queries.ts'
import { partnerBrief } from '#features/partners/brief.ts'
import { showPartner } from '#features/partners/queries.ts'
import type { Clock } from '#platform/clock.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { canPrint } from '#platform/pdf/document.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import type { BriefKind } from './document.ts'

interface Context {
  readonly database: Database
  readonly clock: Clock
  readonly config: { readonly baseUrl: string; readonly officeTimeZone: string }
}

/**
 * The brief of a published record, as a document to be laid out, or the slug that the record has now.
 * @throws DomainError `not_found` or `gone`.
 */
export async function briefOf(
  { database, clock, config }: Context,
  kind: BriefKind,
  slug: string,
  locale: Locale,
): Promise<{ readonly document: DocumentModel } | { readonly movedTo: string }> {
  const day = clock.now().toZonedDateTimeISO(config.officeTimeZone).toPlainDate()
  const issue = { locale, day, baseUrl: config.baseUrl }
  switch (kind) {
    case 'partner': {
      const page = await showPartner(database, locale, slug)
      return 'movedTo' in page ? page : { document: partnerBrief(page, { ...issue, hub: page.hub }, canPrint) }
    }
    case 'lab': {
      const page = await showLab(database, locale, slug)
      return 'movedTo' in page ? page : { document: labBrief(page, { ...issue, hub: page.hub }, canPrint) }
    }
    case 'facility': {
      const page = await showFacility(database, locale, slug)
      return 'movedTo' in page ? page : { document: facilityBrief(page, { ...issue, hub: page.hub }, canPrint) }
    }
    case 'agreement': {
      const page = await showAgreement(database, locale, slug)
      return 'movedTo' in page ? page : { document: agreementBrief(page, { ...issue, hub: page.hub }, canPrint) }
    }
  }
}
