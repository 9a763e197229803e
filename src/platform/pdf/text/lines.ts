import type { Cluster } from '#platform/pdf/fonts/clusters.ts'
import type { FaceId } from '#platform/pdf/fonts/faces.ts'
import { shapeSlice, type ShapedItem, type ShapedParagraph } from '#platform/pdf/text/paragraph.ts'
import { compressEnd, compressStart, spaceAfter } from '#platform/pdf/text/punctuation.ts'

/** A stretch of a line in one face and one run of the model. Distances in points from the line's beginning. */
export interface Segment {
  readonly x: number
  readonly width: number
  readonly text: string
  readonly clusters: readonly Cluster[]
  readonly face: FaceId
  readonly size: number
  /** Index of the run of the model. */
  readonly run: number
}

export interface Line {
  readonly segments: readonly Segment[]
  /** Without the spaces that end it. */
  readonly width: number
}

const unitsPerEm = 1000

/** Index of the first cluster that starts at this place of the text or after it. */
function clusterAt(clusters: readonly Cluster[], at: number): number {
  let low = 0
  let high = clusters.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((clusters[middle]?.start ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Clusters of an item between two places of the text; shaped anew where the cut would change a shape. */
function slice(paragraph: ShapedParagraph, shaped: ShapedItem, start: number, end: number): Cluster[] {
  const { item, clusters } = shaped
  const from = Math.max(start, item.start)
  const to = Math.min(end, item.end)
  if (from === item.start && to === item.end) return [...clusters]
  const first = clusterAt(clusters, from)
  const last = clusterAt(clusters, to)
  const isSafe = [first, last].every((index, side) => {
    const at = side === 0 ? from : to
    if (at === item.start || at === item.end) return true
    const cluster = clusters[index]
    return cluster?.start === at && !cluster.unsafeToBreak
  })
  return isSafe ? clusters.slice(first, last) : shapeSlice(paragraph.text, item, paragraph.style, from, to)
}

function widthOf(clusters: readonly Cluster[], size: number): number {
  return (clusters.reduce((sum, { advance }) => sum + advance, 0) * size) / unitsPerEm
}

/** The line that holds characters `start` to `end`, as it is drawn. */
export function makeLine(paragraph: ShapedParagraph, start: number, end: number): Line {
  const inkEnd = start + paragraph.text.slice(start, end).trimEnd().length
  const overlapping = paragraph.items.filter(({ item }) => item.start < end && item.end > start)
  const segments: Segment[] = []
  let x = 0
  let width = 0
  for (const shaped of overlapping) {
    let clusters = slice(paragraph, shaped, start, end)
    if (shaped.item.family === 'han') {
      if (shaped.item.start <= start) clusters = compressStart(clusters)
      if (shaped.item.end >= inkEnd) {
        const ink = clusters.filter((cluster) => cluster.start < inkEnd)
        clusters = [...compressEnd(ink), ...clusters.slice(ink.length)]
      }
    }
    const following = paragraph.text.slice(shaped.item.end, Math.min(end, shaped.item.end + 1))
    if (shaped.item.end < end) clusters = spaceAfter(clusters, following, shaped.item.family)
    const segmentWidth = widthOf(clusters, shaped.size)
    segments.push({
      x,
      width: segmentWidth,
      clusters,
      text: clusters.map(({ text }) => text).join(''),
      face: shaped.item.face,
      size: shaped.size,
      run: shaped.item.style,
    })
    const ink = clusters.filter((cluster) => cluster.start < inkEnd)
    if (ink.length > 0) width = x + widthOf(ink, shaped.size)
    x += segmentWidth
  }
  return { segments, width }
}

/** For each index of the text, how wide everything before it is on one endless line: a guess to start from. */
function runningWidths(paragraph: ShapedParagraph): Float64Array {
  const widths = new Float64Array(paragraph.text.length + 1)
  for (const { clusters, size } of paragraph.items) {
    for (const cluster of clusters) widths[cluster.start + cluster.text.length] = (cluster.advance * size) / unitsPerEm
  }
  for (let at = 1; at < widths.length; at++) widths[at] = (widths[at] ?? 0) + (widths[at - 1] ?? 0)
  return widths
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** A word wider than the line is cut between graphemes: where the first piece that fits ends. */
function emergencyEnd(
  paragraph: ShapedParagraph,
  start: number,
  end: number,
  width: number,
  guess: (to: number) => number,
): number {
  let fitting = start
  for (const { index, segment } of graphemes.segment(paragraph.text.slice(start, end))) {
    const candidate = start + index + segment.length
    // Far from the edge a guess will do.
    const isNearEdge = guess(candidate) > 0.8 * width
    if (isNearEdge && fitting > start && makeLine(paragraph, start, candidate).width > width) return fitting
    fitting = candidate
  }
  return end
}

/** Rounding of sums of advances must not break a line that was measured as fitting. */
const tolerance = 0.01

/**
 * Cuts a paragraph into lines no wider than `width` points, each as full as its breaks allow. The whole line is
 * measured as it will be drawn, not the sum of its words.
 */
export function breakLines(paragraph: ShapedParagraph, width: number): Line[] {
  const { text, breaks } = paragraph
  if (text.length === 0) return []
  const widths = runningWidths(paragraph)
  const ends = [...breaks, { at: text.length, required: true }]
  const lines: Line[] = []
  let start = 0
  let next = 0
  while (start < text.length) {
    while ((ends[next]?.at ?? text.length) <= start) next++
    let last = next
    while (ends[last]?.required === false) {
      const following = ends[last + 1]
      if (!following) break
      const inkEnd = start + text.slice(start, following.at).trimEnd().length
      if ((widths[inkEnd] ?? 0) - (widths[start] ?? 0) > width + 1.5 * paragraph.style.size) break
      last++
    }
    let end = ends[last]?.at ?? text.length
    const from = start
    const guess = (to: number) => (widths[to] ?? 0) - (widths[from] ?? 0)
    const inkEnd = start + text.slice(start, end).trimEnd().length
    if (last === next && guess(inkEnd) > 2 * width) end = emergencyEnd(paragraph, start, end, width, guess)
    let line = makeLine(paragraph, start, end)
    while (line.width > width + tolerance && last > next) {
      last--
      end = ends[last]?.at ?? text.length
      line = makeLine(paragraph, start, end)
    }
    if (line.width > width + tolerance) {
      end = emergencyEnd(paragraph, start, end, width, guess)
      line = makeLine(paragraph, start, end)
    }
    lines.push(line)
    start = end
  }
  return lines
}
