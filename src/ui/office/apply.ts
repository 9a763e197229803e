/**
 * Choices marked `data-apply` (order, rows to a page) take effect at once. Arrow keys run through a closed list one by
 * one, and a page that went away under them could not be worked with: there it is Enter that applies.
 */
export function applyAtOnce(): void {
  let byKey: EventTarget | null = null
  let chosen: EventTarget | null = null
  const listOf = ({ target }: Event) => (target as Element).closest<HTMLSelectElement>('select[data-apply]')
  document.addEventListener('pointerdown', () => (byKey = null))
  document.addEventListener('keydown', (event) => {
    const list = listOf(event)
    if (list === null) return
    // These open the list, and what is chosen in it is chosen on purpose.
    byKey = event.key === 'Enter' || event.key === ' ' || event.altKey ? null : list
    if (event.key === 'Enter' && chosen === list) list.form?.requestSubmit()
  })
  document.addEventListener('change', (event) => {
    const list = listOf(event)
    if (list === null) return
    if (byKey === list) chosen = list
    else list.form?.requestSubmit()
  })
}
