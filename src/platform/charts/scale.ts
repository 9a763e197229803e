/** Round numbers from 0 up to at least the greatest value. */
export interface Scale {
  readonly top: number
  /** In order, the first is 0 and the last is `top`. */
  readonly ticks: readonly number[]
}

/**
 * A scale of whole numbers in steps of 1, 2 or 5 times a power of ten, with at most `steps` of them. Counts are whole:
 * so are their ticks.
 */
export function scaleFor(greatest: number, steps = 4): Scale {
  const most = Math.max(1, Math.ceil(greatest))
  const raw = most / steps
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw) ?? raw)
  const count = Math.ceil(most / step)
  const ticks = Array.from({ length: count + 1 }, (_, n) => n * step)
  return { top: count * step, ticks }
}
