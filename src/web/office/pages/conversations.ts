// Percakapan: who waits for a person, what was said, and the officer's words that go to their chat.
import { nameArea } from '../../../core/area.ts'
import { hideLongNumbers } from '../../../core/hide.ts'
import { sayReason } from '../../../core/tickets.ts'
import {
  findOpenTicket,
  listOpenTickets,
  type OpenTicket,
  sayOnTicket,
  takeTicket,
} from '../../../registry/conversations.ts'
import { readHistoryOf } from '../../../registry/history.ts'
import { countWaitingTickets, findNewest } from '../../../registry/office-waiting.ts'
import { nameActor } from '../../../registry/people.ts'
import { plainWords } from '../../../registry/tickets.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import { showCount, showMoment } from '../moments.ts'
import { newsLine, reloadLine } from '../news-line.ts'
import type { News } from '../stream.ts'
import type { Answer, OfficePage, Visit } from '../visit.ts'

/** Conversations on one page; whoever waits longest stands first. */
export const mostListed = 50

/** Newest messages of one conversation. */
const linesShown = 40

/** How many wait for words of an officer, for the menu. */
export async function countWaiting({ ground, officer }: Visit): Promise<number> {
  return (await countWaitingTickets(ground.db.pool, officer.area)).count
}

/** Everybody who waits in the officer's area. */
export const conversationsPage: OfficePage = async (visit) => {
  const { say, ground, officer } = visit
  const { db, seal } = ground
  const [open, newest] = await Promise.all([
    listOpenTickets(db.pool, seal, officer.area, mostListed),
    findNewest(db.pool, officer.area, 'tickets'),
  ])
  const cells = new Map((await conversationCells(visit, open)).map((one) => [one.id, one]))
  const waiting = open.flatMap(({ waitingSince }) => waitingSince ?? [])
  const since = waiting[0] && showMoment(waiting[0], ground.book.branch.zone)
  const fills = { count: showCount(waiting.length), since: since ?? '' }
  const lead = since ? say('office-talks-lead', fills) : say('office-talks-none')
  const heads = [
    'office-talk-about',
    'office-talk-place',
    'office-talk-since',
    'office-talk-holder',
  ]
  const table = html`<table><thead><tr>${heads.map((id) => html`<th scope="col">${say(id)}</th>`)}
</tr></thead><tbody>${open.map((one) => rowOf(visit, one, cells.get(one.id)))}</tbody></table>`
  const body = html`<p class="lead">${lead}</p>
${newsLine(say, 'percakapan', newest)}
${open.length > 0 && table}`
  return { title: say('office-talks'), body }
}

interface Cells {
  id: number
  since: string
  holder: string
}

/** Of each conversation what changes while one looks: since when they wait, and who has them. */
export async function conversationCells(visit: Visit, tickets: OpenTicket[]): Promise<Cells[]> {
  const { say, ground } = visit
  const names = await holdersOf(visit, tickets)
  return tickets.map(({ id, waitingSince, heldBy }) => {
    const since = waitingSince
      ? showMoment(waitingSince, ground.book.branch.zone)
      : say('office-talk-their-turn')
    const holder = heldBy === '' ? say('office-talk-nobody') : (names.get(heldBy) ?? heldBy)
    return { id, since, holder }
  })
}

function rowOf(visit: Visit, ticket: OpenTicket, cells: Cells | undefined): Html {
  const { say, ground } = visit
  const { id } = ticket
  const words = hideLongNumbers(plainWords(ticket.words))
  const about = sayReason(ground.book, 'id', ticket.reason)
  const link = html`<a href="/kantor/percakapan/${id}">${about}</a>`
  const live = (name: string) => html` data-live="${name}-${id}"`
  return html`<tr><th scope="row">${link}
${words !== '' && html`<span class="soft">${words.slice(0, 80)}</span>`}</th>
<td data-label="${say('office-talk-place')}">${placeOf(visit, ticket)}</td>
<td data-label="${say('office-talk-since')}"${live('since')}>${cells?.since}</td>
<td data-label="${say('office-talk-holder')}"${live('holder')}>${cells?.holder}</td>
</tr>`
}

/** One conversation, with the words that can be sent. */
export const conversationPage: OfficePage = async (visit) => {
  const ticket = await findTicket(visit)
  return ticket && showConversation(visit, ticket)
}

async function findTicket({ ground, officer, part }: Visit): Promise<OpenTicket | undefined> {
  const id = Number(part('id'))
  if (!Number.isSafeInteger(id)) return undefined
  return findOpenTicket(ground.db.pool, ground.seal, officer.area, id)
}

async function showConversation(visit: Visit, ticket: OpenTicket, wrong?: string): Promise<Answer> {
  const { say, ground, actor } = visit
  const lines = await readLines(visit, ticket)
  const words = hideLongNumbers(plainWords(ticket.words))
  const names = await holdersOf(visit, [ticket])
  const holder = names.get(ticket.heldBy) ?? ticket.heldBy
  const isOthers = ticket.heldBy !== '' && ticket.heldBy !== actor
  const channel = `office-channel-${ticket.channel}`
  const top = [placeOf(visit, ticket), ground.book.phrases.has(channel) ? say(channel) : '']
  const about = { tentang: 'percakapan', nomor: String(ticket.id), pemegang: ticket.heldBy }
  const news = new URLSearchParams(about).toString()
  const body = html`<p class="soft"><a href="/kantor/percakapan">${say('office-talks')}</a> ·
 ${top.filter((part) => part !== '').join(' · ')}</p>
${words !== '' && html`<p class="lead">${words}</p>`}
${isOthers && takeForm(visit, ticket, holder)}
<div data-stream="/kantor/kabar?${news}" role="log">
<ol class="talk">${lines.map(lineOf)}</ol>
${reloadLine(say)}</div>
<p><a href="">${say('office-talk-reload')}</a></p>
${wrong !== undefined && html`<p class="wrong" role="alert">${say(wrong)}</p>`}
${!isOthers && sayForm(visit, ticket)}`
  const title = sayReason(visit.ground.book, 'id', ticket.reason)
  return { title, body, ...(wrong !== undefined && { status: 422 as const }) }
}

function takeForm(visit: Visit, ticket: OpenTicket, holder: string): Html {
  const { say, ground } = visit
  const since = ticket.heldAt ? showMoment(ticket.heldAt, ground.book.branch.zone) : ''
  const told = say('office-talk-held', { name: holder, since })
  const button = html`<p>${told}</p><button>${say('office-talk-take')}</button>`
  return postForm(visit, `/percakapan/${ticket.id}/ambil`, button)
}

function sayForm(visit: Visit, ticket: OpenTicket): Html {
  const { say, ground, given } = visit
  const canned = [...ground.book.phrases.keys()].filter((id) => id.startsWith('canned-'))
  const options = canned.map((id) => html`<option value="${id}">${say(id)}</option>`)
  return postForm(
    visit,
    `/percakapan/${ticket.id}`,
    html`<label for="siap">${say('office-talk-canned')}</label>
<select id="siap" name="siap"><option value="">${say('office-talk-own')}</option>${options}</select>
<label for="kata">${say('office-talk-words')}</label>
<textarea id="kata" name="kata" rows="4" maxlength="3000">${given('kata')}</textarea>
<p class="soft">${say('office-talk-warning')}</p>
<p class="buttons"><button name="lalu" value="tunggu">${say('office-talk-send')}</button>
<button name="lalu" value="tutup">${say('office-talk-send-close')}</button>
<button class="plain" name="lalu" value="selesai">${say('office-talk-close')}</button></p>`,
  )
}

type Line = NonNullable<News['lines']>[number]

/** The newest lines of a conversation, as they are read. */
export async function readLines({ say, ground }: Visit, ticket: OpenTicket): Promise<Line[]> {
  const { zone } = ground.book.branch
  const lines = await readHistoryOf(ground.db.pool, ground.seal, ticket.addressId, linesShown)
  return lines.flatMap((line) => {
    const isBot = line.from === 'bot'
    const words = isBot ? line.message.text : line.words
    const isShown = isBot || (line.kind === 'text' && words !== '')
    if (!isShown) return []
    const who = say(isBot ? 'office-talk-bot' : 'office-talk-person')
    const head = `${who} · ${showMoment(line.at, zone)}`
    const id = isBot ? line.id : `in-${line.externalId}`
    return { id, from: line.from, head, words: hideLongNumbers(words) }
  })
}

function lineOf({ id, from, head, words }: Line): Html {
  return html`<li class="${from}" id="${id}"><span class="soft">${head}</span>
<p>${words}</p></li>`
}

/** Sends words; the person reads them in their chat. With `lalu` the conversation may end. */
export const sayInConversation: OfficePage = async (visit) => {
  const { ground, given, actor, say } = visit
  const ticket = await findTicket(visit)
  if (!ticket) return undefined
  const next = given('lalu')
  const canned = given('siap')
  const isCanned = canned.startsWith('canned-') && ground.book.phrases.has(canned)
  const typed = given('kata').trim()
  const words = next === 'selesai' ? '' : typed || (isCanned ? say(canned) : '')
  if (words === '' && next !== 'selesai') {
    return showConversation(visit, ticket, 'office-talk-empty')
  }
  const says = { ticketId: ticket.id, words, actor, closes: next !== 'tunggu' }
  const said = await ground.db.transaction((tx) => sayOnTicket(tx, ground.seal, says))
  ground.ring('sweep', {})
  if (said.kind === 'gone') return { to: '/percakapan', told: 'talk-gone' }
  if (said.kind === 'too-long') return showConversation(visit, ticket, 'office-talk-too-long')
  if (said.kind === 'held') return { to: `/percakapan/${ticket.id}`, told: 'talk-held' }
  return said.kind === 'closed'
    ? { to: '/percakapan', told: 'talk-closed' }
    : { to: `/percakapan/${ticket.id}`, told: 'talk-said' }
}

/** Takes a conversation over from a colleague. Once more changes nothing. */
export const takeConversation: OfficePage = async (visit) => {
  const { ground, actor } = visit
  const ticket = await findTicket(visit)
  if (!ticket) return undefined
  await ground.db.transaction((tx) => takeTicket(tx, ticket.id, actor))
  return { to: `/percakapan/${ticket.id}`, told: 'talk-taken' }
}

function placeOf({ ground }: Visit, { place }: OpenTicket): string {
  return place === '' ? '' : nameArea(ground.book.places, place)
}

/** The names of whoever has these tickets, by how the audit trail calls them. */
async function holdersOf({ ground }: Visit, tickets: OpenTicket[]): Promise<Map<string, string>> {
  const actors = new Set(tickets.map(({ heldBy }) => heldBy).filter((one) => one !== ''))
  const names = new Map<string, string>()
  for (const one of actors) names.set(one, await nameActor(ground.db.pool, ground.seal, one))
  return names
}
