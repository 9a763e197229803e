declare module 'linebreak' {
  export interface Break {
    /** UTF-16 index before which the line may end. */
    readonly position: number
    /** True after a line feed or another mandatory break. */
    readonly required: boolean
  }
  export default class LineBreaker {
    constructor(text: string)
    nextBreak(): Break | null
  }
}
