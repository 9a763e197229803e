import type { Cluster } from '#platform/pdf/fonts/clusters.ts'
import type { Family } from '#platform/pdf/fonts/faces.ts'

/**
 * Chinese punctuation takes half its square where it meets another mark or the edge of a line (CLREQ, "Compression
 * rules for punctuation marks"; the faces' `halt` values are the same half em).
 */

const openers = new Set('（《〈「『【〔〖“‘［｛')
const closers = new Set('）》〉」』】〕〗”’］｝，。、；：')
const fullWidth = 1000
const half = 500

function isOpener(cluster: Cluster | undefined): cluster is Cluster {
  return cluster !== undefined && cluster.advance === fullWidth && openers.has(cluster.text)
}

function isCloser(cluster: Cluster | undefined): cluster is Cluster {
  return cluster !== undefined && cluster.advance === fullWidth && closers.has(cluster.text)
}

/** Clusters of one Chinese item, with doubled marks set close. */
export function compressPairs(clusters: readonly Cluster[]): Cluster[] {
  return clusters.map((cluster, index) => {
    const next = clusters[index + 1]
    if (isCloser(cluster) && (isCloser(next) || isOpener(next))) return { ...cluster, advance: half }
    if (isOpener(cluster) && isOpener(clusters[index - 1])) return { ...cluster, advance: half, shift: -half }
    return cluster
  })
}

/** The clusters of one item, its first and last set close to the marks that stand before and after it. */
export function compressEdges(
  before: Cluster | undefined,
  clusters: readonly Cluster[],
  after: Cluster | undefined,
): Cluster[] {
  const around = [...(before ? [before] : []), ...clusters, ...(after ? [after] : [])]
  const from = before ? 1 : 0
  return compressPairs(around).slice(from, from + clusters.length)
}

/** An opener at the beginning of a line without the white before it. */
export function compressStart(clusters: readonly Cluster[]): Cluster[] {
  const [first, ...others] = clusters
  return isOpener(first) ? [{ ...first, advance: half, shift: -half }, ...others] : [...clusters]
}

/** A closer at the end of a line without the white after it. */
export function compressEnd(clusters: readonly Cluster[]): Cluster[] {
  const last = clusters.at(-1)
  return isCloser(last) ? [...clusters.slice(0, -1), { ...last, advance: half }] : [...clusters]
}

const hanLetter = /\p{Script=Han}$/u
const narrowLetter = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\d]$/u

/** White between Chinese and Latin letters or digits, in font units. */
const mixedGap = 140

/** The end of an item with the white that belongs between it and what follows on the line. */
export function spaceAfter(clusters: readonly Cluster[], following: string, family: Family): Cluster[] {
  const last = clusters.at(-1)
  if (!last) return []
  const meets =
    (family === 'han' && hanLetter.test(last.text) && narrowLetter.test(following)) ||
    (family === 'latin' && narrowLetter.test(last.text) && hanLetter.test(following))
  if (!meets) return [...clusters]
  return [...clusters.slice(0, -1), { ...last, advance: last.advance + mixedGap, tail: mixedGap }]
}
