/** A page that every visitor sees alike, and that may therefore be cached. */
export interface PublicRoute {
  /** Segments below the locale (below the root for `atRoot`): `partners/*`; a star stands for a segment or a part of one. */
  readonly pattern: string
  /** The query parameters that it reads. Others do not reach it. */
  readonly parameters: readonly string[]
  /** What it shows: a change of any of these drops it. A page may add to them while it renders. */
  readonly tags: readonly string[]
  /** At the root of the site, in no locale: `robots.txt`. */
  readonly atRoot?: boolean
}

export interface RouteTable {
  readonly publicRoutes: readonly PublicRoute[]
  /** First segments below the root that are no locale and still reach a page: `api`. */
  readonly rootSegments: readonly string[]
}

/** A segment of a pattern, its stars anything but nothing. */
export const segmentPattern = (part: string) =>
  new RegExp(
    `^${part
      .split('*')
      .map((word) => RegExp.escape(word))
      .join('.+')}$`,
  )

/** Finds the public route of a path. `segments` are without the locale. */
export function routeFinder(routes: readonly PublicRoute[]) {
  const split = routes.map((route) => ({
    route,
    pattern: route.pattern === '' ? [] : route.pattern.split('/').map(segmentPattern),
    atRoot: route.atRoot ?? false,
  }))
  return (segments: readonly string[], atRoot: boolean): PublicRoute | undefined =>
    split.find(
      (candidate) =>
        candidate.atRoot === atRoot &&
        candidate.pattern.length === segments.length &&
        candidate.pattern.every((part, index) => part.test(segments[index] ?? '')),
    )?.route
}

/**
 * A query reduced to what the route reads, in the order of its table: equal pages have equal keys, and nobody can
 * fill the cache with parameters that mean nothing. Empty values, which forms send for fields left alone, go as well.
 */
export function canonicalQuery(query: string, parameters: readonly string[]): string {
  if (query === '' || parameters.length === 0) return ''
  const given = new URLSearchParams(query)
  const kept = new URLSearchParams()
  for (const name of parameters) {
    for (const value of given.getAll(name)) {
      if (value !== '') kept.append(name, value)
    }
  }
  return kept.toString()
}
