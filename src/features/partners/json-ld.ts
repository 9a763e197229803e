import type { PartnerPage } from './profile.ts'

const types: Readonly<Record<string, string>> = {
  university: 'CollegeOrUniversity',
  research_institute: 'ResearchOrganization',
  enterprise: 'Corporation',
  agency: 'GovernmentOrganization',
}

/** The profile for machines, in the words of schema.org. */
export function partnerJsonLd({ record, name, names, summary }: PartnerPage, url: string): object {
  const { content } = record
  const links = [content.ror].filter((link) => link !== null)
  return {
    '@context': 'https://schema.org',
    '@type': types[content.kind] ?? 'Organization',
    '@id': url,
    name: name.value,
    alternateName: [...names.map(({ value }) => value), ...content.acronyms],
    ...(summary === undefined ? {} : { description: summary.value }),
    url: content.website ?? url,
    ...(links.length === 0 ? {} : { sameAs: links }),
    ...(content.established === null ? {} : { foundingDate: content.established }),
    address: {
      '@type': 'PostalAddress',
      addressCountry: content.country,
      ...(content.city === null ? {} : { addressLocality: content.city }),
    },
    ...(content.location === null || content.locationPrecision !== 'site'
      ? {}
      : { geo: { '@type': 'GeoCoordinates', latitude: content.location[0], longitude: content.location[1] } }),
  }
}
