/** A line of the table that `npm run bench` prints. */
export interface BenchRow {
  readonly what: string
  readonly measured: string
  readonly budget: string
  readonly isWithin: boolean
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** A table for people: what was measured, what it came to, what it may be. */
export function tableOf(rows: readonly BenchRow[]): string {
  const cells = [
    ['', 'what', 'measured', 'budget'],
    ...rows.map(({ what, measured, budget, isWithin }) => [isWithin ? '✓' : '✗', what, measured, budget]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
