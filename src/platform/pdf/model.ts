/**
 * A document as plain JSON: what a brief says and in what order, with no word about points, fonts or PDF.
 * Features make it in the main thread; `platform/pdf` lays it out, in a worker thread, over PDFKit.
 */

import type { Locale } from '#platform/i18n/locales.ts'

/** Words in one language and weight. `lang` (BCP 47) is given where it differs from the document's. */
export interface Run {
  readonly text: string
  readonly lang?: string
  readonly weight?: 'regular' | 'bold'
  /** An absolute address; makes the words a link. */
  readonly href?: string
}

export type Runs = readonly Run[]

export interface Heading {
  readonly type: 'heading'
  /** 1 is the document's title; levels are never skipped. */
  readonly level: 1 | 2 | 3
  readonly runs: Runs
}

export interface Paragraph {
  readonly type: 'paragraph'
  /** `lead` opens a document, `note` is small and set apart, `caption` is small. */
  readonly style: 'body' | 'lead' | 'note' | 'caption'
  readonly runs: Runs
}

export interface List {
  readonly type: 'list'
  readonly items: readonly Runs[]
}

/** Labels beside values: facts about a record. */
export interface KeyValues {
  readonly type: 'keyValues'
  readonly rows: readonly { readonly label: Runs; readonly value: Runs }[]
}

export interface Table {
  readonly type: 'table'
  readonly columns: readonly { readonly header: Runs; readonly align: 'start' | 'end'; readonly share: number }[]
  readonly rows: readonly (readonly Runs[])[]
}

/** A notice that a reader must not overlook: a draft translation, a demonstration database. */
export interface Notice {
  readonly type: 'notice'
  readonly runs: Runs
}

/** The same words in two languages, side by side and level; the longer one gives the height. */
export interface Pair {
  readonly type: 'pair'
  /** `section` and `subsection` are headings of level 2 and 3. */
  readonly style: 'section' | 'subsection' | Paragraph['style']
  readonly start: Runs
  readonly end: Runs
}

/** Names of the document's colours; no figure has others, so that all look alike, on paper in black and white too. */
export type FigureColour = 'ink' | 'lake' | 'lakeDeep' | 'muted' | 'hairline' | 'lakePale' | 'accent' | 'accentPale'

/** A part of a figure, in the figure's own units, from its upper left corner. */
export type Shape =
  | {
      readonly shape: 'path'
      /** SVG path data. */
      readonly d: string
      readonly fill?: FigureColour
      readonly stroke?: FigureColour
      readonly strokeWidth?: number
    }
  | {
      readonly shape: 'text'
      readonly x: number
      /** Of the baseline. */
      readonly y: number
      readonly size: number
      readonly anchor: 'start' | 'middle' | 'end'
      readonly colour: FigureColour
      readonly run: Run
    }

/** A drawing as wide as the column. */
export interface Figure {
  readonly type: 'figure'
  /** What it shows, in words, for those who do not see it. */
  readonly alt: string
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
  readonly caption?: Runs
}

/** A QR code with words beside it: where a reader's telephone finds what the words say. */
export interface QrCode {
  readonly type: 'qrCode'
  /** What the code holds: an absolute address. */
  readonly address: string
  /** What the code leads to, in words, for those who do not see it. */
  readonly alt: string
  /** Paragraphs beside it. */
  readonly words: readonly { readonly style: 'label' | 'body' | 'note' | 'caption'; readonly runs: Runs }[]
}

/** Room for a signature over the whole file; `platform/signing` fills it in. */
export interface SignaturePlace {
  /** Whose it is, as its certificate says. */
  readonly name: string
  /** When it is made, by its own account: ISO 8601, an instant. */
  readonly at: string
  /** What it is, in the document's language, for those who do not see the field. */
  readonly label: string
  readonly roomBytes: number
}

/** Headings of level 2 with the pages that they are on. */
export interface Contents {
  readonly type: 'contents'
}

/** What follows begins a page. */
export interface PageBreak {
  readonly type: 'pageBreak'
}

export type Block =
  Heading | Paragraph | List | KeyValues | Table | Notice | Pair | Figure | Contents | QrCode | PageBreak

export interface DocumentModel {
  readonly locale: Locale
  readonly title: string
  readonly subject: string
  /** Who issues it: the organisation that runs the site, in the document's language. */
  readonly author: string
  /** Date of issue, ISO 8601 (`2026-05-06`), and the same as printed in the document's language. */
  readonly issued: { readonly iso: string; readonly text: string }
  /** The words at the head of every page: the site's name, and what kind of document this is. */
  readonly head: { readonly site: string; readonly kind: string }
  /** The words at the foot: label and absolute address of the page that the brief was made from. */
  readonly foot: { readonly label: string; readonly address: string; readonly issued: string }
  /** `page(1, 3)` is not JSON, so the pattern is: `{page}` and `{pages}` are replaced. */
  readonly pageLabel: string
  /** Room for a signature; without it the file has none. */
  readonly signature?: SignaturePlace
  /** Of the A4 page; portrait unless a wide table needs more. */
  readonly orientation?: 'portrait' | 'landscape'
  readonly blocks: readonly Block[]
}
