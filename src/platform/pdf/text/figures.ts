import type { Cluster } from '#platform/pdf/fonts/clusters.ts'
import type { FaceId } from '#platform/pdf/fonts/faces.ts'
import { shape } from '#platform/pdf/fonts/harfbuzz.ts'
import type { Script } from '#platform/text/scripts.ts'

/**
 * Latin and Chinese figures are equally wide in our faces, those of other scripts are not, and no face has figures for
 * tables (`tnum`). In columns of numbers each therefore stands in the middle of a place as wide as the widest.
 */
const digits: Readonly<Partial<Record<Script, string>>> = {
  Mymr: '၀၁၂၃၄၅၆၇၈၉',
  Thai: '๐๑๒๓๔๕๖๗๘๙',
  Laoo: '໐໑໒໓໔໕໖໗໘໙',
  Khmr: '០១២៣៤៥៦៧៨៩',
  Deva: '०१२३४५६७८९',
}

const widest = new Map<string, number>()

function widestOf(face: FaceId, script: Script, own: string): number {
  const key = `${face} ${script}`
  let width = widest.get(key)
  if (width === undefined) {
    width = Math.max(...Array.from(own, (digit) => shape(face, digit, script, 'und')[0]?.xAdvance ?? 0))
    widest.set(key, width)
  }
  return width
}

/** Clusters of one item, its figures equally wide. */
export function tabularFigures(clusters: readonly Cluster[], face: FaceId, script: Script): Cluster[] {
  const own = digits[script]
  if (own === undefined) return [...clusters]
  return clusters.map((cluster) => {
    if (cluster.text === '' || !own.includes(cluster.text)) return cluster
    const white = widestOf(face, script, own) - cluster.advance
    const parts = cluster.parts.map((part) => ({ ...part, x: part.x + Math.round(white / 2) }))
    return { ...cluster, parts, advance: cluster.advance + white, tail: white }
  })
}
