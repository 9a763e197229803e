import type { Family } from '#platform/pdf/fonts/faces.ts'

/** The look of every document: sizes in points, leading in parts of the size, colours in sRGB. */

export const colours = {
  ink: '#10262a',
  lake: '#0b545d',
  lakeDeep: '#07393f',
  muted: '#47595c',
  hairline: '#cfd9d8',
  lakePale: '#ebf0ef',
  accent: '#a33b1c',
  accentPale: '#faf0eb',
} as const

export type Colour = (typeof colours)[keyof typeof colours]

/** What a script needs of a line. */
interface ScriptMeasures {
  /** Distance of baselines in running text, in parts of the size. */
  readonly leading: number
  /** The same in headings of one or two lines. */
  readonly headingLeading: number
  /** Size against Latin, so that both look equally large side by side. */
  readonly scale: number
  /** Ink above and below the baseline, in parts of the size, marks included. */
  readonly above: number
  readonly below: number
}

export const measures: Readonly<Record<Family, ScriptMeasures>> = {
  latin: { leading: 1.55, headingLeading: 1.25, scale: 1, above: 0.95, below: 0.25 },
  han: { leading: 1.7, headingLeading: 1.4, scale: 1, above: 0.9, below: 0.15 },
  thai: { leading: 1.75, headingLeading: 1.5, scale: 1.04, above: 1.1, below: 0.35 },
  myanmar: { leading: 1.9, headingLeading: 1.7, scale: 0.94, above: 1.05, below: 0.55 },
  lao: { leading: 1.75, headingLeading: 1.5, scale: 1, above: 1.1, below: 0.4 },
  khmer: { leading: 1.85, headingLeading: 1.6, scale: 0.98, above: 1.0, below: 0.55 },
}

export interface TextStyle {
  readonly size: number
  readonly weight: 'regular' | 'bold'
  readonly colour: Colour
  readonly isHeading?: boolean
  /** In columns of numbers: figures of all scripts are equally wide. */
  readonly hasTabularFigures?: boolean
}

export const textStyles = {
  title: { size: 23, weight: 'bold', colour: colours.lakeDeep, isHeading: true },
  pairTitle: { size: 18, weight: 'bold', colour: colours.lakeDeep, isHeading: true },
  section: { size: 14.5, weight: 'bold', colour: colours.lake, isHeading: true },
  subsection: { size: 11.5, weight: 'bold', colour: colours.lakeDeep, isHeading: true },
  lead: { size: 12.5, weight: 'regular', colour: colours.ink },
  body: { size: 10.5, weight: 'regular', colour: colours.ink },
  contentsDeep: { size: 9.5, weight: 'regular', colour: colours.ink },
  note: { size: 9, weight: 'regular', colour: colours.muted },
  caption: { size: 8.5, weight: 'regular', colour: colours.muted },
  notice: { size: 9.5, weight: 'regular', colour: colours.ink },
  label: { size: 9.5, weight: 'regular', colour: colours.muted },
  labelAbove: { size: 8.5, weight: 'regular', colour: colours.muted },
  value: { size: 10.5, weight: 'regular', colour: colours.ink },
  columnHeader: { size: 9, weight: 'bold', colour: colours.lake },
  cell: { size: 9.5, weight: 'regular', colour: colours.ink },
  coverSite: { size: 13, weight: 'bold', colour: colours.lake },
  coverKind: { size: 11.5, weight: 'bold', colour: colours.accent, isHeading: true },
  coverTitle: { size: 32, weight: 'bold', colour: colours.lakeDeep, isHeading: true },
  coverOther: { size: 23, weight: 'regular', colour: colours.lake, isHeading: true },
  coverLine: { size: 9.5, weight: 'regular', colour: colours.muted },
  marking: { size: 8.5, weight: 'bold', colour: colours.accent },
  number: { size: 9.5, weight: 'regular', colour: colours.ink, hasTabularFigures: true },
  head: { size: 8.5, weight: 'regular', colour: colours.muted },
  headSite: { size: 9.5, weight: 'bold', colour: colours.lake },
} as const satisfies Record<string, TextStyle>

/** Where things stand on a page, in points. */
export interface PageGeometry {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  /** Where the text area begins and ends. */
  readonly top: number
  readonly bottom: number
  readonly headBaseline: number
  readonly footBaseline: number
}

const short = 595.28
const long = 841.89

/** @param edge how far everything is from the upper and lower edges; a sheet that lies has less height to give */
function a4(width: number, height: number, side: number, edge: number): PageGeometry {
  return {
    width,
    height,
    left: side,
    right: side,
    top: edge + 42,
    bottom: height - edge - 24,
    headBaseline: edge,
    footBaseline: height - edge + 11,
  }
}

export const pages = { portrait: a4(short, long, 68, 56), landscape: a4(long, short, 56, 47) } as const
