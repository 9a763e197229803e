let region: HTMLElement | undefined

/** The place where things are said aloud has to be there before anything is said in it. */
export function prepareToSay(): void {
  region = document.createElement('div')
  region.className = 'hidden'
  region.setAttribute('aria-live', 'polite')
  document.body.append(region)
}

/** Says something to those who listen to the page. The words come from the page, in its language. */
export function say(words: string | undefined): void {
  if (region === undefined || words === undefined) return
  const place = region
  place.textContent = ''
  // The same words twice are a change only with nothing in between.
  setTimeout(() => (place.textContent = words), 100)
}
