import { say } from './say.ts'

/** Buttons marked `data-copy` (the id of a text) copy it; they are shown where that is possible. */
export function copyTexts(): void {
  // Only over HTTPS, and on the machine itself.
  if (!('clipboard' in navigator)) return
  document.documentElement.dataset['copies'] = ''
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('button[data-copy]')
    if (button === null) return
    const { copy = '', copied, failed } = button.dataset
    const tell = (words = '') => {
      if (button.nextElementSibling) button.nextElementSibling.textContent = words
      say(words)
    }
    navigator.clipboard.writeText(document.getElementById(copy)?.textContent.trim() ?? '').then(
      () => tell(copied),
      () => tell(failed),
    )
  })
}
