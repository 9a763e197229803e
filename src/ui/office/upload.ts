import { addressOf, isFormPage, type Outcome } from './answer.ts'
import { hasChanges, keepingUnsaved } from './changes.ts'
import { focusFirst, replaceMain } from './main-part.ts'
import { say } from './say.ts'

/** How much of a file was sent, from 0 to 1. */
export function shareOf(loaded: number, total: number): number {
  return total > 0 ? Math.min(1, loaded / total) : 0
}

/** Whether a share is worth saying aloud after the one before: at every quarter, and not at each per cent. */
export function isQuarter(before: number, now: number): boolean {
  return Math.floor(now * 4) > Math.floor(before * 4)
}

const fileOf = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>('[type="file"]')

/** Whether a form sends a file, and nothing typed into another form would be lost with the page. */
export function mayUpload(form: HTMLFormElement): boolean {
  return (fileOf(form)?.files?.length ?? 0) > 0 && form.querySelector('[data-upload]') !== null && !hasChanges(form)
}

/** Sends a form with a file, shows how far it has come, and lets it be called off. */
export async function upload(form: HTMLFormElement, button: HTMLElement | null): Promise<Outcome> {
  const panel = form.querySelector<HTMLElement>('[data-upload]')!
  const words = panel.querySelector<HTMLElement>('p')!
  const bar = panel.querySelector('progress')!
  const cancel = panel.querySelector('button')!
  const { tag = 'en', sending = '', checking = '', cancelled = '' } = panel.dataset
  // Browsers come without some languages, but with the digits of all.
  const percent = new Intl.NumberFormat([tag, tag.replace(/^[a-z]+/, 'en')], { style: 'percent' })
  const request = new XMLHttpRequest()
  let before = 0
  const show = (share: number) => {
    bar.value = share
    words.textContent = share < 1 ? sending.replace('{percent}', percent.format(share)) : checking
    if (isQuarter(before, share)) say(words.textContent)
    before = share
  }
  request.upload.onprogress = ({ loaded, total }) => show(shareOf(loaded, total))
  const body = new FormData(form, button)
  panel.hidden = false
  // The focus is not to be on "cancel": a key that is pressed twice would press it.
  if (!(document.activeElement instanceof HTMLButtonElement)) panel.focus()
  hold(form, true)
  show(0)
  cancel.onclick = () => request.abort()
  const outcome = await new Promise<'load' | 'abort' | 'error'>((resolve) => {
    for (const name of ['load', 'abort', 'error'] as const) request.addEventListener(name, () => resolve(name))
    request.open('POST', addressOf(form, button))
    request.send(body)
  })
  panel.hidden = true
  hold(form, false)
  if (panel.contains(document.activeElement) || document.activeElement === document.body) backTo(form, button)?.focus()
  if (outcome === 'abort') {
    words.textContent = ''
    say(cancelled)
    return 'stayed'
  }
  return outcome === 'load' ? arrive(form, button, request) : 'failed'
}

/** What can be seen of what was pressed. */
function backTo(form: HTMLFormElement, button: HTMLElement | null): HTMLElement | null {
  return button === null || button.tabIndex < 0 ? fileOf(form) : button
}

/** Nothing is to be typed into a form that is being sent and then left: it would be lost. */
function hold(form: HTMLFormElement, isHeld: boolean): void {
  for (const field of form.querySelectorAll('.field')) {
    const [own = field] = [...field.children].filter((part) => part.matches('[type="file"]'))
    own.toggleAttribute('inert', isHeld)
  }
}

function arrive(form: HTMLFormElement, button: HTMLElement | null, request: XMLHttpRequest): Outcome {
  const { status, responseURL, responseText } = request
  const redirected = responseURL !== addressOf(form, button)
  if (redirected) {
    if (status !== 200) return 'failed'
    // What follows runs before the page is asked whether it may be left.
    setTimeout(() => location.assign(responseURL))
    return 'leaving'
  }
  const contentType = request.getResponseHeader('content-type')
  if (!isFormPage({ type: 'basic', status, redirected, contentType })) return 'failed'
  const file = fileOf(form)
  if (!keepingUnsaved(form, () => replaceMain(responseText))) return 'failed'
  keepFile(file)
  const alert = document.querySelector<HTMLElement>('main [role="alert"]')
  if (alert === null) focusFirst([])
  else alert.focus()
  return 'stayed'
}

/**
 * The answer's field takes the file that was chosen, which no browser would fill in again; so it need not be chosen
 * again either, where the answer asks for that (`data-again`).
 */
function keepFile(file: HTMLInputElement | null): void {
  const next = file && document.getElementById(file.id)
  if (!file || !next) return
  if (next.dataset['again'] !== undefined) {
    document.getElementById(`${file.id}-error`)?.remove()
    document.querySelector(`[role="alert"] li:has(a[href="#${file.id}"])`)?.remove()
    next.closest('.field')?.classList.remove('field-wrong')
    next.removeAttribute('aria-invalid')
    next.setAttribute(
      'aria-describedby',
      next
        .getAttribute('aria-describedby')
        ?.replace(/\S+-error$/, '')
        .trim() ?? '',
    )
  }
  for (const name of ['aria-describedby', 'aria-invalid']) {
    const value = next.getAttribute(name)
    if (value === null) file.removeAttribute(name)
    else file.setAttribute(name, value)
  }
  next.replaceWith(file)
}
