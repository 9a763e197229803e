/** Before every id. */
const first = '00000000-0000-0000-0000-000000000000'

/**
 * Reads rows in the order of their ids, some at a time and each batch when the one before was taken, so that neither
 * memory nor a transaction holds all of them.
 * @param read the next rows after an id, in order, at most `atOnce`
 */
export async function* inBatches<Row extends { readonly id: string }>(
  atOnce: number,
  read: (after: string, atOnce: number) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let after = first
  for (;;) {
    const rows = await read(after, atOnce)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < atOnce) return
    after = last.id
  }
}
