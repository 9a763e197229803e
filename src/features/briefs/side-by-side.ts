import { widthInEms } from '#platform/charts/labels.ts'
import { languageTags, type Locale } from '#platform/i18n/locales.ts'
import type { KeyValue, List, Run, Runs, Table } from '#platform/pdf/model.ts'
import { align } from './align.ts'
import type { Draft, Drawing, Opening, Part } from './draft.ts'

/**
 * The same document in two languages, side by side. Both were made from the same record, so they have the same parts
 * but for notes on a text that only one of them lacks; what reads alike in both stands there once.
 */
export function sideBySide(start: Draft, end: Draft): Draft {
  const both = (one: string, other: string) => joined(one, other, ' · ')
  return {
    ...start,
    otherLocale: end.locale,
    title: both(start.title, end.title),
    subject: both(start.subject, end.subject),
    head: { site: both(start.head.site, end.head.site), kind: inHead(start.head.kind, end.head.kind) },
    foot: {
      label: both(start.foot.label, end.foot.label),
      address: start.foot.address,
      issued: both(start.foot.issued, end.foot.issued),
    },
    ...(start.marking && end.marking && { marking: beside(start.marking, inLanguage(end.marking, end.locale), ' · ') }),
    ...(start.unprintable &&
      end.unprintable && { unprintable: { note: `${start.unprintable.note}\n${end.unprintable.note}` } }),
    blocks: align(start.blocks, end.blocks, shapeOf).flatMap(([one, other]) => {
      if (other === undefined) return one === undefined ? [] : [one]
      const translated = inOther(other, end.locale)
      return one === undefined ? [translated] : pair(one, translated)
    }),
  }
}

/** Ems that the head of a page has for the kind of document. */
const headRoom = 20

/** Both where the head of a page has room for them; else the first language's. */
function inHead(one: string, other: string): string {
  const both = joined(one, other, ' · ')
  return widthInEms(both) > headRoom ? one : both
}

/** Parts of one shape say the same in two languages. */
function shapeOf(part: Part): string {
  switch (part.type) {
    case 'heading':
      return `heading ${part.level}`
    case 'paragraph':
      return `paragraph ${part.style}`
    case 'table':
      return `table ${part.columns.length} ${part.rows.length}`
    case 'list':
      return `list ${part.items.length}`
    default:
      return part.type
  }
}

const pairStyles = { 1: 'title', 2: 'section', 3: 'subsection' } as const

function pair(one: Part, other: Part): Part[] {
  if (one.type === 'heading' && other.type === 'heading')
    return isSame(one.runs, other.runs)
      ? [one]
      : [{ type: 'pair', style: pairStyles[one.level], start: one.runs, end: other.runs }]
  if (one.type === 'paragraph' && other.type === 'paragraph')
    return isSame(one.runs, other.runs) ? [one] : [{ type: 'pair', style: one.style, start: one.runs, end: other.runs }]
  if (one.type === 'notice' && other.type === 'notice')
    return isSame(one.runs, other.runs) ? [one] : [{ type: 'pair', style: 'notice', start: one.runs, end: other.runs }]
  if (one.type === 'list' && other.type === 'list') return [listPair(one, other)]
  if (one.type === 'keyValues' && other.type === 'keyValues')
    return [{ type: 'keyValues', rows: keyValuePairs(one.rows, other.rows) }]
  if (one.type === 'table' && other.type === 'table') return [tablePair(one, other)]
  if (one.type === 'opening' && other.type === 'opening') return [openingPair(one, other)]
  if (one.type === 'drawing' && other.type === 'drawing') return [drawingPair(one, other)]
  return [one]
}

function listPair(one: List, other: List): List {
  const areSame = one.items.every((item, at) => isSame(item, other.items[at] ?? []))
  return areSame ? one : { ...one, others: other.items }
}

/** A row that both have, by its place or by a value that reads alike; a row of one of them stands alone. */
function keyValuePairs(rows: readonly KeyValue[], others: readonly KeyValue[]) {
  const keyOf = ({ value }: KeyValue) => textOf(value)
  const aligned =
    rows.length === others.length ? rows.map((row, at) => [row, others[at]] as const) : align(rows, others, keyOf)
  return aligned.flatMap(([one, other]) => {
    if (one === undefined || other === undefined) return one ?? other ?? []
    if (!isSame(one.value, other.value)) return { ...one, other }
    return { label: beside(one.label, other.label, ' · '), value: one.value }
  })
}

function tablePair(one: Table, other: Table): Table {
  const caption = one.caption && other.caption ? { caption: beside(one.caption, other.caption, '\n') } : {}
  return {
    ...one,
    ...caption,
    columns: one.columns.map((column, at) => ({
      ...column,
      header: beside(column.header, other.columns[at]?.header ?? [], '\n'),
    })),
    rows: cellsBeside(one.rows, other.rows),
  }
}

type Rows = Table['rows']

const cellsBeside = (rows: Rows, others: Rows): Runs[][] =>
  rows.map((cells, row) => cells.map((cell, at) => beside(cell, others[row]?.[at] ?? [], '\n')))

/** Rows of a table that is too long to be had twice, each cell with what it says in the second language. */
export function rowsBeside(rows: Rows, others: Rows, otherLocale: Locale): Runs[][] {
  return cellsBeside(
    rows,
    others.map((cells) => cells.map((cell) => inLanguage(cell, otherLocale))),
  )
}

function openingPair(one: Opening, other: Opening): Opening {
  const subtitle = one.subtitle && other.subtitle ? { subtitle: beside(one.subtitle, other.subtitle, '\n') } : {}
  return {
    ...one,
    ...subtitle,
    kind: beside(one.kind, other.kind, ' · '),
    ...(isSame(one.title, other.title) ? {} : { otherTitle: other.title }),
    ...(one.figure && other.figure && { figure: drawingPair(one.figure, other.figure) }),
    lines: one.lines.map((line, at) => beside(line, other.lines[at] ?? [], ' · ')),
  }
}

/** One drawing, its words in both languages. */
function drawingPair(one: Drawing, other: Drawing): Drawing {
  const words = one.words.map((word, at) => joined(word, other.words[at] ?? word, ' · '))
  const caption = one.caption && other.caption ? { caption: beside(one.caption, other.caption, '\n') } : {}
  return { ...one, alt: joined(one.alt, other.alt, ' '), words, ...caption }
}

const textOf = (runs: Runs) => runs.map(({ text }) => text).join('')
const isSame = (one: Runs, other: Runs) => textOf(one) === textOf(other)
const joined = (one: string, other: string, between: string) => (one === other ? one : `${one}${between}${other}`)

/** Words of both languages in one place; once where they read alike. */
function beside(one: Runs, other: Runs, between: string): Runs {
  if (isSame(one, other) || textOf(other) === '') return one
  return textOf(one) === '' ? other : [...one, { text: between }, ...other]
}

/** Words that named no language were in their own document's. */
function inLanguage(runs: Runs, locale: Locale): Runs {
  return runs.map((run): Run => (run.lang === undefined ? { ...run, lang: languageTags[locale] } : run))
}

/** A part of the second document as it stands in the first. */
function inOther(part: Part, locale: Locale): Part {
  const own = (runs: Runs) => inLanguage(runs, locale)
  const ownCaption = (caption: Runs | undefined) => (caption === undefined ? {} : { caption: own(caption) })
  switch (part.type) {
    case 'heading':
    case 'paragraph':
    case 'notice':
      return { ...part, runs: own(part.runs) }
    case 'list':
      return { ...part, items: part.items.map(own) }
    case 'keyValues':
      return { ...part, rows: part.rows.map(({ label, value }) => ({ label: own(label), value: own(value) })) }
    case 'table':
      return {
        ...part,
        ...ownCaption(part.caption),
        columns: part.columns.map((column) => ({ ...column, header: own(column.header) })),
        rows: part.rows.map((cells) => cells.map(own)),
      }
    case 'opening':
      return {
        ...part,
        kind: own(part.kind),
        title: own(part.title),
        ...(part.subtitle && { subtitle: own(part.subtitle) }),
        lines: part.lines.map(own),
      }
    case 'drawing':
      return { ...part, ...ownCaption(part.caption) }
    default:
      return part
  }
}
