/** As much of a button as tells what it does. */
export interface SendButton {
  readonly name: string
  readonly value: string
  /** It stands first in the form so that Enter presses it. */
  readonly isFirst: boolean
  /** It only draws the form anew. */
  readonly redraws: boolean
}

/** The one button that a form is sent with; undefined where there are several ways and nobody chose. */
export function mainButton<Button extends SendButton>(buttons: readonly Button[]): Button | undefined {
  const sending = buttons.filter((button) => !button.redraws)
  const first = sending.find((button) => button.isFirst)
  if (first !== undefined) return first
  const ways = new Set(sending.map(({ name, value }) => `${name}=${value}`))
  return ways.size === 1 ? sending[0] : undefined
}

/** Ctrl or Cmd and Enter send the form that has the focus. */
export function sendByKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    const target = event.target as HTMLInputElement
    const form = target.form ?? target.closest('form')
    if (form === null) return
    const buttons = [...form.elements].filter(
      (control): control is HTMLButtonElement => control instanceof HTMLButtonElement && control.type === 'submit',
    )
    const button = mainButton(
      buttons.map((element) => ({
        element,
        name: element.name,
        value: element.value,
        isFirst: element.classList.contains('first-button'),
        redraws: element.dataset['redraw'] !== undefined,
      })),
    )
    if (button === undefined) return
    event.preventDefault()
    form.requestSubmit(button.element)
  })
}
