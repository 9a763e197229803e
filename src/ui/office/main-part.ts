/** The names of the folds' first controls say which fold is which on both sides. */
function keyOf(fold: HTMLDetailsElement): string | undefined {
  return fold.querySelector('[name]')?.getAttribute('name') ?? undefined
}

/**
 * Puts the main part of a page in the place of this one's; folds that were open stay so, and what had the focus keeps
 * it where it is still there.
 * @returns whether that was a page of the office at all
 */
export function replaceMain(html: string): boolean {
  const next = new DOMParser().parseFromString(html, 'text/html')
  const [here, there] = [document.querySelector('main'), next.querySelector('main')]
  if (here === null || there === null) return false
  const open = new Set([...here.querySelectorAll<HTMLDetailsElement>('details[open]')].map(keyOf))
  for (const fold of there.querySelectorAll('details')) {
    const key = keyOf(fold)
    if (key !== undefined && open.has(key)) fold.open = true
  }
  const focused = here.contains(document.activeElement) ? document.activeElement?.id : ''
  document.title = next.title
  here.replaceChildren(...there.childNodes)
  if (focused) document.getElementById(focused)?.focus()
  return true
}

const controls = 'input:not([type="hidden"]), select, textarea, button, a[href], summary'

/** Gives the focus to the first of some places that is there, or to the first control in it; else to the main part. */
export function focusFirst(ids: readonly string[]): void {
  const place = ids.map((id) => document.getElementById(id)).find((found) => found !== null)
  const main = document.querySelector('main')
  const target = place?.matches(controls) ? place : (place?.querySelector<HTMLElement>(controls) ?? main)
  target?.focus()
}
