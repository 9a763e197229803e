import { isPosted } from './answer.ts'
import { leaveBy } from './changes.ts'
import { mayRedraw, redraw } from './redraw.ts'
import { mayUpload, upload } from './upload.ts'

/** Forms under way, with what was pressed. */
const underWay = new Map<HTMLFormElement, HTMLElement | null>()
/** Forms that are sent as the browser sends them, whatever a script could do. */
const ordinary = new WeakSet<HTMLFormElement>()

/** A button that is busy for longer can be pressed again: somebody may have stopped the page. */
const patienceMs = 20_000

function begin(form: HTMLFormElement, button: HTMLElement | null): void {
  underWay.set(form, button)
  button?.setAttribute('aria-busy', 'true')
}

function end(form: HTMLFormElement): void {
  underWay.get(form)?.removeAttribute('aria-busy')
  underWay.delete(form)
}

/** The form's answer is on its way to take the page's place. */
function leave(form: HTMLFormElement): void {
  leaveBy(form)
  setTimeout(() => end(form), patienceMs)
}

/** Lets every button be pressed again. */
export function releaseForms(): void {
  for (const form of [...underWay.keys()]) end(form)
}

/** Takes the sending of forms that write: once at a time, and without leaving the page where that is possible. */
export function watchForms(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    if (event.defaultPrevented || !isPosted(form)) return
    if (underWay.has(form)) return event.preventDefault()
    const button = event.submitter
    begin(form, button)
    const isOrdinary = ordinary.delete(form)
    const way = isOrdinary ? undefined : mayRedraw(form, button) ? redraw : mayUpload(form) ? upload : undefined
    if (way === undefined) return leave(form)
    event.preventDefault()
    way(form, button)
      .catch(() => 'failed' as const)
      .then((outcome) => {
        if (outcome === 'leaving') return leave(form)
        end(form)
        if (outcome === 'stayed') return
        ordinary.add(form)
        form.requestSubmit(button)
      })
      .catch(() => undefined)
  })
  // A page that comes back from the browser's memory comes as it was left.
  addEventListener('pageshow', releaseForms)
}
