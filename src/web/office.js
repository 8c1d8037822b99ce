// What makes the workplace quicker; every page works without it.
'use strict'

/** Keeps the words of an element as the stream that it names tells them. */
function listen(place) {
  const source = new EventSource(place.dataset.stream)
  source.onmessage = ({ data }) => {
    const { lead, parts } = JSON.parse(data)
    const said = place.querySelector('.lead')
    if (said.textContent !== lead) said.textContent = lead
    place.querySelector('.states').replaceChildren(
      ...parts.map(({ isWell, words }) => {
        const line = document.createElement('li')
        if (isWell !== undefined) line.className = isWell ? 'on' : 'off'
        line.textContent = words
        return line
      }),
    )
  }
  addEventListener('pagehide', () => source.close())
}

for (const place of document.querySelectorAll('[data-stream]')) listen(place)

/** Letters on the keyboard: each does what the element that bears it in `data-key` is for. */
document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof Element && event.target.matches('input,select,textarea')
  if (event.key === 'Escape' && isTyping) event.target.blur()
  if (isTyping || event.ctrlKey || event.altKey || event.metaKey) return
  const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)
  if (!found) return
  event.preventDefault()
  if (found instanceof HTMLDetailsElement) {
    found.open = true
    found.querySelector('input:not([type=hidden]),select,textarea')?.focus()
  } else if (found instanceof HTMLInputElement) found.focus()
  else found.click()
})

/** A form that was sent is not sent twice by an impatient hand. */
document.addEventListener('submit', (event) => {
  if (event.target.dataset.sent) event.preventDefault()
  event.target.dataset.sent = 'yes'
})

/** A page that the browser shows again from memory takes its forms up anew. */
window.addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})
