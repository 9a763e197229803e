import { isPosted } from './answer.ts'

/** As much of a control as tells whether it was changed. */
export interface Control {
  readonly type: string
  readonly value: string
  readonly defaultValue?: string
  readonly checked?: boolean
  readonly defaultChecked?: boolean
  readonly options?: Iterable<{ readonly selected: boolean; readonly defaultSelected: boolean }>
  readonly files?: { readonly length: number } | null
}

/** Whether a control says something else than the page that it came with. */
export function isChanged(control: Control): boolean {
  switch (control.type) {
    case 'checkbox':
    case 'radio':
      return control.checked !== control.defaultChecked
    case 'file':
      return (control.files?.length ?? 0) > 0
    case 'select-one':
    case 'select-multiple': {
      const options = [...(control.options ?? [])]
      // Where the page chose none, a list shows its first.
      const first = control.type === 'select-one' && !options.some((option) => option.defaultSelected) ? 0 : -1
      return options.some((option, at) => option.selected !== (option.defaultSelected || at === first))
    }
    default:
      return control.defaultValue !== undefined && control.value !== control.defaultValue
  }
}

const typedIn = new WeakSet<HTMLFormElement>()
/** The form that is being sent, or left by its own way out. */
let leaving: HTMLFormElement | undefined

/** Whether a form holds what would be lost if the page were left. */
function holdsChanges(form: HTMLFormElement): boolean {
  if (form.dataset['unsaved'] !== undefined) return true
  return typedIn.has(form) && [...form.elements].some((control) => isChanged(control as unknown as Control))
}

/** Whether any form but one holds changes. */
export function hasChanges(except?: HTMLFormElement): boolean {
  return [...document.forms].some((form) => form !== except && holdsChanges(form))
}

/** What follows leaves the page by way of this form; nobody is asked whether they want to. */
export function leaveBy(form: HTMLFormElement): void {
  leaving = form
}

/** Runs `change`, which replaces forms, and marks the one that takes the place of `form` as not saved. */
export function keepingUnsaved(form: HTMLFormElement, change: () => boolean): boolean {
  const at = [...document.forms].indexOf(form)
  if (!change()) return false
  const next = document.forms[at]
  if (next !== undefined && isPosted(next) && next.getAttribute('action') === form.getAttribute('action')) {
    next.dataset['unsaved'] = ''
    addEventListener('beforeunload', ask)
  }
  return true
}

let stay: () => void

function ask(event: Event): void {
  if (!hasChanges(leaving)) return
  event.preventDefault()
  // This runs once the question is answered, and on no page that was left.
  setTimeout(stay)
}

/**
 * Asks before a page is left with changes in a form, other than by sending it; `onStay` is called when somebody stays.
 * Pages without changes have no such listener, so that browsers can keep them as they are.
 */
export function warnOfChanges(onStay: () => void): void {
  stay = onStay
  document.addEventListener('input', ({ target }) => {
    leaving = undefined
    const form = (target as HTMLInputElement).form
    // Browsers fill in passwords by themselves.
    if (!form || !isPosted(form) || form.querySelector('[type="password"]')) return
    typedIn.add(form)
    addEventListener('beforeunload', ask)
  })
  document.addEventListener('click', (event) => {
    const way = (event.target as Element).closest<HTMLElement>('a[data-leave]')
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey
    if (way !== null && !isElsewhere) leaving = way.closest('form') ?? undefined
  })
  addEventListener('pageshow', () => (leaving = undefined))
}
