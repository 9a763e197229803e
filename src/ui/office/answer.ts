/** As much of a `Response` as tells whether it is the page that was asked for. */
export interface Answer {
  readonly type: string
  readonly status: number
  readonly redirected: boolean
  readonly contentType: string | null
}

/** Whether an answer is a form's own page again, as it is or with what is wrong: neither an error nor another page. */
export function isFormPage({ type, status, redirected, contentType }: Answer): boolean {
  return (
    type === 'basic' && !redirected && (status === 200 || status === 422) && /^text\/html\b/.test(contentType ?? '')
  )
}

/** What became of a form that a script sent: the page stays, another one comes, or the browser is to send it. */
export type Outcome = 'stayed' | 'leaving' | 'failed'

type Entries = Iterable<readonly [string, unknown]>

/** Whether two readings of a form are the same, files by identity. */
export function sameEntries(first: Entries, second: Entries): boolean {
  const [before, after] = [[...first], [...second]]
  return (
    before.length === after.length &&
    before.every(([name, value], at) => name === after[at]?.[0] && value === after[at][1])
  )
}

/** Where a form is sent with a button; `action` may be shadowed by a field of that name, attributes cannot. */
export function addressOf(form: HTMLFormElement, button: HTMLElement | null): string {
  const to = button?.getAttribute('formaction') ?? form.getAttribute('action') ?? ''
  return new URL(to, location.href).href.replace(/#.*$/, '')
}

/** Whether a form is one that writes. */
export function isPosted(form: HTMLFormElement): boolean {
  return form.getAttribute('method')?.toLowerCase() === 'post'
}
