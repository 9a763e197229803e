/** Structure types of PDF 1.7 (ISO 32000-1, 14.8.4) that documents use. */
export type StructureType =
  | 'Document'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'P'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Caption'
  | 'Reference'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Span'
  | 'Link'
  | 'Figure'
  | 'Form'
  | 'Div'
  | 'TOC'
  | 'TOCI'

/**
 * A node of the structure tree before there is a file: layout makes it, the canvas opens it in the file when its first
 * words are drawn. Parents are opened before their children, in the order in which they are read.
 */
export interface Tag {
  readonly type: StructureType
  readonly parent: Tag | undefined
  /** BCP 47, where it differs from the parent's. */
  readonly language?: string
  readonly scope?: 'Column' | 'Row'
  /** How the items of a list are told apart. */
  readonly numbering?: 'Decimal' | 'Square'
  /** What a figure shows, in words. */
  readonly alt?: string
  /** Edges of a figure on its page, in points from the upper left corner: left, top, right, bottom. */
  readonly box?: readonly [number, number, number, number]
}

export function tag(type: StructureType, parent: Tag | undefined, more: Omit<Tag, 'type' | 'parent'> = {}): Tag {
  return { type, parent, ...more }
}
