// The chat page's script: sends without leaving the page, and keeps what is unsent until it is.
// Plain and old-fashioned on purpose: a phone that does not know it all still has the forms.
;(function () {
  'use strict'

  const find = (id) => document.getElementById(id)
  const lines = find('lines')
  const talk = find('talk')
  const words = find('words')
  const choices = find('choices')
  const told = document.body.dataset
  const pollLimitMs = 30000
  const sendLimitMs = 15000
  const patienceMs = 30000

  // ---- What is unsent. Each in a place of its own: two open pages do not overwrite it. ----

  const prefix = 'belum-terkirim:'
  const stores = [{}]
  try {
    localStorage.setItem('coba', '1')
    localStorage.removeItem('coba')
    stores.unshift(localStorage)
  } catch (error) {
    // No storage on this phone: what is unsent lives as long as the page.
  }

  function unsent() {
    const found = stores.map((store) =>
      Object.keys(store)
        .filter((key) => key.startsWith(prefix))
        .map((key) => JSON.parse(store[key])),
    )
    return [].concat(...found).sort((a, b) => a.order - b.order)
  }

  function keep(item) {
    for (const store of stores) {
      try {
        store[prefix + item.id] = JSON.stringify(item)
        return
      } catch (error) {
        // This store is full: the next one.
      }
    }
  }

  function drop(id) {
    for (const store of stores) delete store[prefix + id]
  }

  let last = 0
  function nextOrder() {
    last = Math.max(Date.now(), last + 1)
    return last
  }

  function randomId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  }

  // ---- What is seen. ----

  function bubble(id) {
    return find('l-' + id)
  }

  function setState(item, state) {
    item.dataset.state = state
    item.querySelector('.unseen').textContent = told[state] || ''
  }

  function showPending(item) {
    if (!item.label || bubble(item.id)) return
    const copy = document.importNode(find('pending').content, true).firstElementChild
    copy.id = 'l-' + item.id
    copy.dataset.pending = 'yes'
    copy.querySelector('p').textContent = item.label
    lines.appendChild(copy)
  }

  let lateTimer
  function showAwaiting(awaiting) {
    clearTimeout(lateTimer)
    find('typing').hidden = awaiting !== 'answer'
    find('late').hidden = awaiting !== 'late answer'
    if (awaiting === 'answer') lateTimer = setTimeout(showAwaiting, patienceMs, 'late answer')
  }

  function showLost(isLost) {
    find('lost').hidden = !isLost
  }

  function showNotice(text) {
    find('notice').textContent = text
    find('notice').hidden = !text
  }

  /** Buttons wait until all is sent: what is on its way may be the answer to them. */
  function showChoices(buttons) {
    if (buttons !== undefined) choices.lastElementChild.innerHTML = buttons
    choices.hidden = unsent().length > 0
  }

  function putItem(item) {
    const shown = item.id && find(item.id)
    if (shown) shown.remove()
    if (item.id) drop(item.id.slice(2))
    lines.insertBefore(item, lines.querySelector('[data-pending]'))
    if (!item.classList.contains('theirs')) return
    const mine = lines.querySelectorAll('.mine[data-state="sent"]')
    for (const each of mine) if (!each.dataset.pending) setState(each, 'received')
  }

  /** Puts what is new in its place; what is still on its way stays below it. */
  function showNews(news) {
    const holder = document.createElement('template')
    holder.innerHTML = news.items
    const gone = news.isWhole ? 'li:not([data-pending])' : '.welcome'
    for (const each of lines.querySelectorAll(gone)) each.remove()
    for (const item of Array.from(holder.content.children)) putItem(item)
    showChoices(news.choices)
    if (!lines.querySelector('[data-pending]')) showAwaiting(news.awaiting)
    lines.dataset.mark = news.mark
  }

  // ---- The line. ----

  const paused = new Set()

  function pause(delayMs) {
    return new Promise((resolve) => {
      paused.add(resolve)
      setTimeout(resolve, delayMs)
    })
  }

  function wakeAll() {
    for (const resolve of paused) resolve()
    paused.clear()
  }

  function backOffMs(tries) {
    return Math.min(15000, 500 * 2 ** tries)
  }

  /** A fetch that gives up: a line that died silently would otherwise be waited for for ever. */
  function ask(address, options, limitMs) {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), limitMs)
    const headers = { accept: 'application/json' }
    const all = Object.assign({ headers, signal: stop.signal, cache: 'no-store' }, options)
    const answer = fetch(address, all).then((response) =>
      response.status === 200 ? response.json().then((json) => [200, json]) : [response.status],
    )
    const clear = () => clearTimeout(timer)
    answer.then(clear, clear)
    return { answer, stop: () => stop.abort() }
  }

  /** The cookie is gone. A fresh page brings a new one, and sends what is unsent; but only once. */
  function askForCookie() {
    if (!location.search.includes('kuki')) location.replace('/?kuki')
    return new Promise(() => {})
  }

  function rememberCookie() {
    if (!location.search.includes('kuki')) return
    history.replaceState({}, '', '/')
    showNotice('')
  }

  function refuse(item) {
    drop(item.id)
    const shown = bubble(item.id)
    if (shown) setState(shown, 'refused')
    if (shown) delete shown.dataset.pending
    if (item.words && !words.value) words.value = item.words
    showNotice(told.tooLong)
  }

  function accept(item) {
    drop(item.id)
    showChoices()
    const shown = bubble(item.id)
    if (shown && shown.dataset.pending) setState(shown, 'sent')
    const isNew = shown ? shown.dataset.pending : lines.querySelector('.welcome')
    if (isNew) showAwaiting('answer')
  }

  /** Tries once to send; says whether that settled it. */
  async function sendOnce(item) {
    const form = new URLSearchParams({ id: item.id })
    form.set(item.kind, item.words)
    const request = ask('/chat', { method: 'POST', body: form }, sendLimitMs)
    const [status] = await request.answer
    if (status === 403) await askForCookie()
    showNotice(status === 429 ? told.tooMany : '')
    if (status === 413) refuse(item)
    else if (status === 200) accept(item)
    return status === 200 || status === 413
  }

  let isSending = false
  /** One after the other, in order, each until it is kept: the same id makes a repeat harmless. */
  async function send() {
    if (isSending) return
    isSending = true
    let tries = 0
    for (let item = unsent()[0]; item; item = unsent()[0]) {
      const isSettled = await sendOnce(item).catch(() => false)
      showLost(!isSettled && find('notice').hidden)
      if (!isSettled) await pause(backOffMs((tries += 1)))
      else tries = 0
    }
    isSending = false
  }

  let poll
  let isListening = false
  /** Waits for news as long as the page is looked at; a hidden page spends no data. */
  async function listen() {
    if (isListening) return
    isListening = true
    let tries = 0
    while (!document.hidden) {
      const began = Date.now()
      const after = '/chat/since?after=' + encodeURIComponent(lines.dataset.mark)
      poll = ask(after, {}, pollLimitMs)
      try {
        const [status, news] = await poll.answer
        if (status === 403) await askForCookie()
        if (status !== 200 && status !== 204) throw new Error(String(status))
        rememberCookie()
        if (!isSending) showLost(false)
        tries = 0
        if (news) showNews(news)
        else if (Date.now() - began < 1000) await pause(2000)
      } catch (error) {
        showLost(true)
        await pause(backOffMs((tries += 1)))
      }
    }
    isListening = false
  }

  // ---- What the person does. ----

  function say(kind, text, label) {
    const item = { order: nextOrder(), id: randomId(), kind, words: text, label }
    keep(item)
    showChoices('')
    showNotice('')
    showPending(item)
    talk.scrollTop = 0
    send()
  }

  find('write').addEventListener('submit', (event) => {
    event.preventDefault()
    const text = words.value
    words.value = ''
    if (text.trim()) say('words', text, text)
  })

  choices.addEventListener('click', (event) => {
    const button = event.target.closest('button')
    if (!button) return
    event.preventDefault()
    const label = button.querySelector('span')
    say(button.name, button.value, label ? label.textContent : '')
    // Somebody who uses keys goes on from the field; a thumb does not want the keyboard to open.
    if (event.detail === 0) words.focus()
  })

  find('forget').addEventListener('submit', () => {
    for (const item of unsent()) drop(item.id)
  })

  find('forget').addEventListener('click', (event) => {
    if (!event.target.closest('a')) return
    event.preventDefault()
    find('forget').open = false
  })

  document.addEventListener('visibilitychange', listen)
  addEventListener('offline', () => showLost(true))
  addEventListener('online', () => {
    if (poll) poll.stop()
    wakeAll()
  })

  for (const item of unsent()) showPending(item)
  if (unsent().length > 0) showChoices('')
  if (!find('typing').hidden) showAwaiting('answer')
  send()
  listen()
})()
