import { isFormPage } from './answer.ts'
import { hasChanges } from './changes.ts'
import { replaceMain } from './main-part.ts'
import { say } from './say.ts'

const everyMs = 3_000

/** Work that goes on elsewhere (`data-progress`) is looked at again and again, and its page shown once it is over. */
export function followProgress(): void {
  if (document.querySelector('[data-progress]') !== null) setTimeout(() => void look(), everyMs)
}

async function look(): Promise<void> {
  // A page that nobody sees, and a line that is down, wait.
  const answer = document.hidden ? undefined : await fetch(location.href).catch(() => undefined)
  if (answer === undefined) return followProgress()
  if (answer.redirected) return location.assign(answer.url)
  const { type, status, redirected } = answer
  if (!isFormPage({ type, status, redirected, contentType: answer.headers.get('content-type') })) {
    return location.reload()
  }
  show(await answer.text())
  followProgress()
}

function show(html: string): void {
  const there = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-progress]')
  const here = document.querySelector('[data-progress]')
  if (there !== null) {
    if (here !== null && here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes)
    return
  }
  // Whoever has begun to type is not interrupted; the page shows what came of it when it is opened again.
  if (hasChanges()) return here?.removeAttribute('data-progress')
  const done = here?.getAttribute('data-progress') ?? undefined
  replaceMain(html)
  say(done)
}
