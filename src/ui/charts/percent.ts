/** A part of the width as SVG writes it. */
export const percent = (part: number): string => `${Math.round(part * 10_000) / 100}%`
