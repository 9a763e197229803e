import { addressOf, isFormPage, type Outcome, sameEntries } from './answer.ts'
import { hasChanges, keepingUnsaved } from './changes.ts'
import { focusFirst, replaceMain } from './main-part.ts'
import { say } from './say.ts'

/** What is typed while the form is under way is sent once more, at most so many times. */
const rounds = 3

/**
 * Whether a button only draws its form anew (`data-redraw` has what to say then, `data-focus` the ids of where to go).
 * A file that was chosen cannot be drawn, and what was typed into other forms would be lost.
 */
export function mayRedraw(form: HTMLFormElement, button: HTMLElement | null): boolean {
  return button?.dataset['redraw'] !== undefined && !form.querySelector('[type="file"]') && !hasChanges(form)
}

/** Sends the form as the browser would, and draws what comes back in its place. */
export async function redraw(form: HTMLFormElement, button: HTMLElement | null): Promise<Outcome> {
  const read = () => new FormData(form, button) as unknown as Iterable<[string, string]>
  for (let round = 0; round < rounds; round++) {
    const sent = [...read()]
    const answer = await fetch(addressOf(form, button), {
      method: 'POST',
      body: new URLSearchParams(sent),
      headers: { accept: 'text/html' },
      redirect: 'manual',
    })
    const contentType = answer.headers.get('content-type')
    const { type, status, redirected } = answer
    if (!isFormPage({ type, status, redirected, contentType })) return 'failed'
    const html = await answer.text()
    if (!sameEntries(sent, read())) continue
    const { redraw: words, focus = '' } = button?.dataset ?? {}
    if (!keepingUnsaved(form, () => replaceMain(html))) return 'failed'
    focusFirst(focus.split(' '))
    say(words)
    return 'stayed'
  }
  return 'failed'
}
