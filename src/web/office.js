// What makes the workplace quicker; every page works without it.
'use strict'

/** An element with words in it; never anything but words. */
function make(tag, className, words = '') {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = words
  return made
}

/** Shows words where the page has a place for them; empty ones hide the line that they stand in. */
function tell(name, words) {
  for (const found of document.querySelectorAll(`[data-live="${CSS.escape(name)}"]`)) {
    if (found.textContent !== words) found.textContent = words
    const line = found.closest('[data-line]') ?? found
    line.hidden = words === ''
  }
}

/** Adds a line of a talk below those that are there. */
function addLine(list, { id, from, head, words }) {
  if (document.getElementById(id)) return
  const line = make('li', from)
  line.id = id
  line.append(make('span', 'soft', head), make('p', '', words))
  list.append(line)
}

/** Keeps a page as the stream that it names tells it; what somebody reads does not move. */
function listen(place) {
  const source = new EventSource(place.dataset.stream)
  source.onmessage = ({ data }) => {
    const { words, isOver, states, lines = [] } = JSON.parse(data)
    for (const [name, said] of Object.entries(words)) tell(name, said)
    const marks = states?.map(({ isWell, words }) => {
      return make('li', isWell === undefined ? '' : isWell ? 'on' : 'off', words)
    })
    if (marks) place.querySelector('.states').replaceChildren(...marks)
    for (const part of place.querySelectorAll('[data-until-over]')) part.hidden = isOver === true
    for (const line of lines) addLine(place.querySelector('.talk'), line)
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
  if (!found || found.closest('[hidden]')) return
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
