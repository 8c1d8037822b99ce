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
        line.className = isWell ? 'on' : 'off'
        line.textContent = words
        return line
      }),
    )
  }
  addEventListener('pagehide', () => source.close())
}

for (const place of document.querySelectorAll('[data-stream]')) listen(place)
