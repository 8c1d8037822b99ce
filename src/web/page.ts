// The chat page as HTML: the whole page, and the pieces the script fetches as a talk goes on.
import type { Choice } from '../core/message.ts'
import { assets } from './assets.ts'
import { pageHead } from './head.ts'
import { type Html, html } from './html.ts'
import { writeDate } from './write-date.ts'

/** Gives the words of a `web-…` phrase. */
export type PageWords = (id: string) => string

/** One line of a talk, ready to be shown. */
export interface Bubble {
  id: string
  from: 'bot' | 'person'
  text: string
  /** ISO 8601 in UTC. */
  at: string
  /** The bot has answered since; only for what the person said. */
  answered: boolean
  /** What may be fetched with it. */
  file?: { href: string; name: string }
}

/** A talk as the page shows it. */
export interface Talk {
  bubbles: Bubble[]
  /** What may be pressed now. */
  choices: Choice[]
  /** The last word is the person's: the bot is about to answer, or is late with it. */
  awaiting: 'nothing' | 'answer' | 'late answer'
}

/** How times are shown and words are found, the same for every visitor. */
export interface PageStyle {
  words: PageWords
  /** Time zone of the branch, e.g. `Asia/Makassar`. */
  zone: string
  title: string
  /** Who runs the bot. */
  operator: string
}

/** What one visitor's page holds besides the talk. */
export interface Visit {
  talk: Talk
  /** How far this page has read; given back when asking for more. */
  mark: string
  /** Id of the next message that is sent without script. */
  once: string
  /** The payload of a link that led here. */
  start: string
  /** Something that went wrong, as a sentence. */
  notice?: string | undefined
  /** Words that were typed and not kept. */
  draft?: string | undefined
}

function dayOf(at: string, zone: string): string {
  const shape = { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone } as const
  return writeDate(new Date(at), shape)
}

function clockOf(at: string, zone: string): string {
  const shape = { hour: '2-digit', minute: '2-digit', timeZone: zone } as const
  return writeDate(new Date(at), shape)
}

function withLinks(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,:;!?)])/)
    .map((part, i) =>
      i % 2 === 0
        ? html`${part}`
        : html`<a href="${part}" rel="noopener noreferrer" target="_blank">${part}</a>`,
    )
}

function bubbleItem(bubble: Bubble, { words, zone }: PageStyle): Html {
  const time = html`<time datetime="${bubble.at}">${clockOf(bubble.at, zone)}</time>`
  const id = `l-${bubble.id}`
  if (bubble.from === 'bot') {
    const text = withLinks(bubble.text)
    const link =
      bubble.file && html`<a class="file" href="${bubble.file.href}">${bubble.file.name}</a>`
    return html`<li id="${id}" class="theirs"><p>${text}</p>${link}<small>${time}</small></li>`
  }
  const state = bubble.answered ? 'received' : 'sent'
  const tick = html`<small>${time}<span class="unseen">${words(`web-${state}`)}</span></small>`
  return html`<li id="${id}" class="mine" data-state="${state}"><p>${bubble.text}</p>${tick}</li>`
}

/**
 * The list items of a talk from its `from`-th bubble on, with a divider wherever a day begins.
 * A talk without a word shows the welcome.
 */
export function talkItems(talk: Talk, from: number, style: PageStyle): Html {
  if (talk.bubbles.length === 0) {
    return html`<li class="theirs welcome"><p>${style.words('web-welcome')}</p></li>`
  }
  const items = talk.bubbles.slice(from).map((bubble, i) => {
    const before = talk.bubbles[from + i - 1]
    const day = dayOf(bubble.at, style.zone)
    const begins = before === undefined || dayOf(before.at, style.zone) !== day
    return html`${begins && html`<li class="day">${day}</li>`}${bubbleItem(bubble, style)}`
  })
  return html`${items}`
}

/** The buttons of what may be pressed now, numbered as they may be typed; the start before all. */
export function choiceButtons(talk: Talk, start: string, { words }: PageStyle): Html {
  if (talk.bubbles.length === 0 && talk.awaiting === 'nothing') {
    return html`<button class="begin" name="start" value="${start}">${words('web-begin')}</button>`
  }
  return html`${talk.choices.map(
    ({ label, press }, i) =>
      html`<button name="press" value="${press}"><b>${i + 1}</b><span>${label}</span></button>`,
  )}`
}

const viewport = 'width=device-width, initial-scale=1, interactive-widget=resizes-content'

function head(visit: Visit, { title }: PageStyle): Html {
  const refresh =
    visit.talk.awaiting === 'answer' &&
    html`<noscript><meta http-equiv="refresh" content="3;url=/"></noscript>`
  const more = html`<meta name="theme-color" content="#0b5d46">\n${refresh}`
  return pageHead({ title, style: assets.style, script: assets.script, viewport, more })
}

function forgetPanel(words: PageWords): Html {
  return html`<details id="forget">
<summary aria-label="${words('web-forget')}">${words('web-forget-short')}</summary>
<form method="post" action="/chat/forget">
<h2>${words('web-forget')}?</h2>
<p>${words('web-forget-why')}</p>
<button>${words('web-forget-yes')}</button> <a href="/">${words('web-forget-no')}</a>
</form>
</details>`
}

function header({ title, operator, words }: PageStyle): Html {
  return html`<header>
<img src="${assets.icon.href}" alt="" width="40" height="40">
<div><h1>${title}</h1><p>${operator}</p></div>
${forgetPanel(words)}
</header>`
}

function hiddenUnless(isShown: boolean): Html | false {
  return !isShown && html` hidden`
}

function states({ awaiting }: Talk, words: PageWords): Html {
  const dots = html`<i></i><i></i><i></i>`
  const typing = html`${dots} ${words('web-typing')}`
  const late = html`${words('web-late')} <a href="/">${words('web-refresh')}</a>`
  return html`<p id="typing" class="state"${hiddenUnless(awaiting === 'answer')}>${typing}</p>
<p id="late" class="state"${hiddenUnless(awaiting === 'late answer')}>${late}</p>`
}

function bars({ notice }: Visit, words: PageWords): Html {
  const isShown = notice !== undefined
  return html`<p id="notice" class="bar" role="alert"${hiddenUnless(isShown)}>${notice}</p>
<p id="lost" class="bar" role="status" hidden>${words('web-reconnecting')}</p>`
}

function pendingTemplate(words: PageWords): Html {
  const state = html`<small><span class="unseen">${words('web-sending')}</span></small>`
  const item = html`<li class="mine" data-state="sending"><p></p>${state}</li>`
  return html`<template id="pending">${item}</template>`
}

function writeForm(visit: Visit, { words }: PageStyle): Html {
  const draft = visit.draft ?? ''
  return html`<form id="write" method="post" action="/chat">
<input type="hidden" name="once" value="${visit.once}">
<label class="unseen" for="words">${words('web-write')}</label>
<input id="words" name="words" value="${draft}" placeholder="${words('web-write')}" required
 autocomplete="off" enterkeyhint="send">
<button>${words('web-send')}</button>
</form>`
}

function conversation({ talk, mark, once, start }: Visit, style: PageStyle): Html {
  const { words } = style
  return html`<main id="talk" tabindex="0" aria-label="${words('web-talk')}">
<div>
<div role="log"><ol id="lines" data-mark="${mark}">${talkItems(talk, 0, style)}</ol></div>
${states(talk, words)}
<form id="choices" method="post" action="/chat" aria-label="${words('web-choices')}">
<input type="hidden" name="once" value="${once}">
<div>${choiceButtons(talk, start, style)}</div>
</form>
</div>
</main>`
}

/** The whole page of one visitor. */
export function chatPage(visit: Visit, style: PageStyle): string {
  const { words } = style
  return html`${head(visit, style)}
<body data-received="${words('web-received')}" data-sent="${words('web-sent')}"
 data-too-long="${words('web-too-long')}" data-too-many="${words('web-too-many')}">
${header(style)}
${bars(visit, words)}
${conversation(visit, style)}
${writeForm(visit, style)}
${pendingTemplate(words)}
</body>
</html>`.text
}

/** A page with one sentence and the way back to the chat. */
export function plainPage(title: string, sentence: string, wayBack: string): string {
  return html`${pageHead({ title, style: assets.style })}
<body class="plain"><main><h1>${sentence}</h1><p><a href="/">${wayBack}</a></p></main></body>
</html>`.text
}
