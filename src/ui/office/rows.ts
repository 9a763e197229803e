/**
 * The row that a key leads to, among `count`; `at` is -1 outside them. Undefined for keys, and at ends, where nothing
 * moves.
 */
export function nextRow(key: string, at: number, count: number): number | undefined {
  const to = placeOf(key, at, count)
  return to < 0 || to >= count || to === at ? undefined : to
}

function placeOf(key: string, at: number, count: number): number {
  switch (key) {
    case 'ArrowDown':
      return at + 1
    case 'ArrowUp':
      return at - 1
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return at
  }
}

/** Arrows, Home and End go from row to row, only while a table so marked (`data-rows`) has the focus. */
export function moveByRows(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const target = event.target as Element
    const links = [...(target.closest('[data-rows]')?.querySelectorAll('tbody tr') ?? [])].flatMap((row) => {
      const link = row.querySelector('a')
      return link === null ? [] : [link]
    })
    const at = links.findIndex((link) => link.closest('tr')?.contains(target))
    const to = nextRow(event.key, at, links.length)
    if (to === undefined) return
    event.preventDefault()
    links[to]?.focus()
  })
}
