/**
 * A document as plain JSON: what a brief says and in what order, with no word about points, fonts or PDF.
 * Features make it in the main thread; `platform/pdf` lays it out, in a worker thread, over PDFKit.
 */

import type { Locale } from '#platform/i18n/locales.ts'

/**
 * Words in one language and weight. `lang` (BCP 47) is given where it differs from the document's. A line feed begins a
 * new line: in a table's cell, a second language stands so under the first.
 */
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
  /** Numbered in the digits of the document's language; otherwise each item has a bullet. */
  readonly ordered?: boolean
  readonly items: readonly Runs[]
  /** The same items in a second language, in a column of their own, each level with its counterpart. */
  readonly others?: readonly Runs[]
}

export interface KeyValue {
  readonly label: Runs
  readonly value: Runs
}

/** Labels beside values: facts about a record. */
export interface KeyValues {
  readonly type: 'keyValues'
  /**
   * `other` says the same in a second language. Where any row has one, each language has a column of its own with its
   * labels over its values, and the rows are level; a row without `other` is as wide as both.
   */
  readonly rows: readonly (KeyValue & { readonly other?: KeyValue })[]
}

/** Rows under a header that is repeated on every page that they run over. Figures belong at the `end` of a column. */
export interface Table {
  readonly type: 'table'
  /** Above the table, small: what it lists, or how far it goes. */
  readonly caption?: Runs
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
  /** `title`, `section` and `subsection` are headings of level 1, 2 and 3. */
  readonly style: 'title' | 'section' | 'subsection' | 'notice' | Paragraph['style']
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
      readonly shape: 'rect'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly fill?: FigureColour
      /** `fill` in lines or dots, told apart from a solid one on paper in black and white. */
      readonly pattern?: 'hatched' | 'dotted'
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
      /** Words wider than this go on in lines below the first. */
      readonly width?: number
    }

/** A drawing as wide as the column, or less wide where it would not fit on a page. */
export interface Figure {
  readonly type: 'figure'
  /** What it shows, in words, for those who do not see it. */
  readonly alt: string
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
  /** Part of the column that it takes, from 0 to 1; all of it where nothing is said. */
  readonly share?: number
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

/** Headings with the pages that they are on. */
export interface Contents {
  readonly type: 'contents'
  /** The lowest level that is listed; 2 where nothing is said. */
  readonly deepest?: 2 | 3
}

/**
 * The first page of a document that is more than a few pages long; the document's heading of level 1 is on it, and no
 * running head. What follows begins a page. Only as the first block.
 */
export interface Cover {
  readonly type: 'cover'
  /** What kind of document it is, in a word or two, above the title. */
  readonly kind: Runs
  readonly title: Runs
  /** The title in the document's second language. */
  readonly otherTitle?: Runs
  readonly subtitle?: Runs
  readonly figure?: Figure
  /** At the foot of the page: who issues it, when, for whom. */
  readonly lines: readonly Runs[]
}

/** What follows begins a page. */
export interface PageBreak {
  readonly type: 'pageBreak'
}

export type Block =
  Heading | Paragraph | List | KeyValues | Table | Notice | Pair | Figure | Contents | Cover | QrCode | PageBreak

export interface DocumentModel {
  readonly locale: Locale
  /** The second language of a document in two. */
  readonly otherLocale?: Locale
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
  /**
   * Whom the document is for, where it is not for everybody ("internal, not for publication"): at the head of every
   * page, and once in the text, under the title.
   */
  readonly marking?: Runs
  /**
   * What to do with characters that no face has. With words for it, each is printed as `[U+1F600]`, and the document
   * ends with this note, `{characters}` replaced by their list: for what people wrote. Without, it is refused.
   */
  readonly unprintable?: { readonly note: string }
  /** Room for a signature; without it the file has none. */
  readonly signature?: SignaturePlace
  /** Of the A4 page; portrait unless a wide table needs more. */
  readonly orientation?: 'portrait' | 'landscape'
  readonly blocks: readonly Block[]
}
