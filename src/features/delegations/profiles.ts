import { showAgreement } from '#features/agreements/queries.ts'
import type { Issue } from '#features/briefs/document.ts'
import type { Draft, Part } from '#features/briefs/draft.ts'
import { heading, named } from '#features/briefs/parts.ts'
import { countryBrief } from '#features/countries/brief.ts'
import { showCountry } from '#features/countries/queries.ts'
import { facilityBrief } from '#features/facilities/brief.ts'
import { showFacility } from '#features/facilities/queries.ts'
import type { Named } from '#features/hub/model.ts'
import { labBrief } from '#features/labs/brief.ts'
import { showLab } from '#features/labs/queries.ts'
import { partnerBrief } from '#features/partners/brief.ts'
import { showPartner } from '#features/partners/queries.ts'
import type { ItemKind } from '#features/selections/model.ts'
import type { Queryable } from '#db/client.ts'
import { DomainError } from '#platform/errors.ts'
import { canPrint } from '#platform/pdf/document.ts'
import { agreementParts } from './agreements.ts'
import { within } from './parts.ts'

/** An item that is public, by the slug that it has now. */
export interface PublicItem {
  readonly kind: ItemKind
  readonly slug: string
}

/**
 * The chapter about an item in each language of the document: its own brief, on a page of its own; of an agreement, what
 * stands among others. Undefined where it was withdrawn meanwhile.
 */
export async function profileIn(
  database: Queryable,
  item: PublicItem,
  issues: readonly Issue[],
): Promise<readonly (readonly Part[])[] | undefined> {
  try {
    return await Promise.all(issues.map((issue) => chapterIn(database, item, issue)))
  } catch (error) {
    if (error instanceof DomainError && (error.code === 'gone' || error.code === 'not_found')) return undefined
    throw error
  }
}

async function chapterIn(database: Queryable, { kind, slug }: PublicItem, issue: Issue): Promise<readonly Part[]> {
  if (kind === 'agreement') {
    const page = await showAgreement(database, issue.locale, slug)
    if ('movedTo' in page) throw new DomainError('gone')
    return agreementParts(page, issue)
  }
  const { name, draft } = await briefIn(database, kind, slug, issue)
  // The register knows by their addresses which records a brief tells of.
  const ownName = named(name, { href: draft.foot.address })
  return [{ type: 'pageBreak' }, heading(2, [ownName]), ...within(draft)]
}

async function briefIn(
  database: Queryable,
  kind: Exclude<ItemKind, 'agreement'>,
  slug: string,
  issue: Issue,
): Promise<{ readonly name: Named; readonly draft: Draft }> {
  const { locale } = issue
  switch (kind) {
    case 'partner': {
      const page = await showPartner(database, locale, slug)
      if ('movedTo' in page) throw new DomainError('gone')
      return { name: page.name, draft: partnerBrief(page, issue, canPrint) }
    }
    case 'lab': {
      const page = await showLab(database, locale, slug)
      if ('movedTo' in page) throw new DomainError('gone')
      return { name: page.entry.name, draft: labBrief(page, issue, canPrint) }
    }
    case 'facility': {
      const page = await showFacility(database, locale, slug)
      if ('movedTo' in page) throw new DomainError('gone')
      return { name: page.entry.name, draft: facilityBrief(page, issue, canPrint) }
    }
    case 'country': {
      // Sorted by the names of the first language, in both.
      const page = await showCountry(database, locale, slug, issue.languages[0])
      return { name: page.name, draft: countryBrief(page, issue) }
    }
  }
}
