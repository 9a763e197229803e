import type { Scene } from '#platform/charts/scene.ts'
import type { Block, Cover, DocumentModel, Figure, Runs } from '#platform/pdf/model.ts'

/**
 * A drawing with its words apart, so that it can be drawn with words of two languages: how much room they need is known
 * before it is drawn.
 */
export interface Drawing {
  readonly type: 'drawing'
  readonly alt: string
  readonly words: readonly string[]
  readonly draw: (words: readonly string[]) => Scene
  readonly caption?: Runs
  /** Part of the column that it takes; all of it where nothing is said. */
  readonly share?: number
}

/** A cover with a drawing that is not drawn yet. */
export interface Opening extends Omit<Cover, 'type' | 'figure'> {
  readonly type: 'opening'
  readonly figure?: Drawing
}

export type Part = Block | Opening | Drawing

/** A document in one language, before it is laid beside its counterpart in another. */
export interface Draft extends Omit<DocumentModel, 'blocks'> {
  readonly blocks: readonly Part[]
}

/** The document as it is laid out. */
export function finished(draft: Draft): DocumentModel {
  return {
    ...draft,
    blocks: draft.blocks.map((part): Block => {
      if (part.type === 'drawing') return drawn(part)
      if (part.type !== 'opening') return part
      const { figure, ...rest } = part
      const cover = { ...rest, type: 'cover' } as const
      return figure === undefined ? cover : { ...cover, figure: drawn(figure) }
    }),
  }
}

function drawn({ alt, caption, share, words, draw }: Drawing): Figure {
  const { width, height, shapes } = draw(words)
  return {
    type: 'figure',
    alt,
    width,
    height,
    shapes,
    ...(caption && { caption }),
    ...(share !== undefined && { share }),
  }
}
