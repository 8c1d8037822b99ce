// Orang: looks for people by a number or a name. Words are posted, so that no address keeps them.
import { fold } from '../../../core/answers/normalise.ts'
import { villagesIn } from '../../../core/area.ts'
import { isKpj } from '../../../core/kpj.ts'
import { searchesPerHour } from '../../../core/limits.ts'
import { isNik } from '../../../core/nik.ts'
import { findReceipt } from '../../../core/text.ts'
import { noteLimited } from '../../../registry/hourly.ts'
import { readNames } from '../../../registry/people-names.ts'
import { type FoundPerson, type PeopleWish, searchPeople } from '../../../registry/people-search.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import { showCount, showMoment } from '../moments.ts'
import type { OfficePage, Visit } from '../visit.ts'

/** The form. */
export const peoplePage: OfficePage = async (visit) => {
  // Read by the time at which somebody has typed a name.
  readNames(visit.ground.db.pool, visit.ground.seal).catch(() => undefined)
  return {
    title: visit.say('office-menu-people'),
    body: html`<p class="lead">${visit.say('office-people-lead')}</p>${searchForm(visit)}
<p><a href="/kantor/kepesertaan">${visit.say('office-check')}</a></p>`,
  }
}

function searchForm(visit: Visit): Html {
  const { say, given } = visit
  const fields = html`<label for="kata">${say('office-people-what')}</label>
<input id="kata" name="kata" required maxlength="100" autocomplete="off" value="${given('kata')}">
<label for="desa">${say('office-people-where')}</label>
<input id="desa" name="desa" maxlength="60" autocomplete="off" value="${given('desa')}">
<p class="soft">${say('office-people-note', { count: showCount(searchesPerHour) })}</p>
<button>${say('office-people-search')}</button>`
  return postForm(visit, '/orang', fields)
}

/** What the words are: a receipt, a number of either kind, or a name. */
function wishOf({ given, officer, ground: { book } }: Visit): PeopleWish {
  const words = given('kata').trim()
  const plain = words.replace(/[\s.-]/g, '').toUpperCase()
  if (isNik(plain)) return { by: 'nik', value: plain }
  if (isKpj(plain)) return { by: 'kpj', value: plain }
  const receipt = findReceipt(plain)
  if (receipt) return { by: 'receipt', value: receipt }
  const wanted = fold(given('desa'))
  const villages = wanted
    ? villagesIn(book.places, officer.area).filter(({ name }) => fold(name).includes(wanted))
    : []
  return { by: 'name', value: words, villages: villages.map(({ code }) => code) }
}

/** The people who fit. That something was looked for is audited, the words are not kept. */
export const findPeople: OfficePage = async (visit) => {
  const { say, actor, officer, ground, given } = visit
  const { db, seal } = ground
  const title = say('office-menu-people')
  const show = (said: Html, status: 200 | 422 | 429) => ({
    ...{ title, status, body: html`${searchForm(visit)}${said}` },
  })
  const wrong = (id: string) => html`<p class="wrong" role="alert">${say(id)}</p>`
  const wish = wishOf(visit)
  const isShort = wish.by === 'name' && fold(wish.value).replace(/[^\p{L}]/gu, '').length < 3
  if (isShort) return show(wrong('office-people-short'), 422)
  const isNowhere = wish.by === 'name' && given('desa').trim() !== '' && wish.villages.length === 0
  if (isNowhere) return show(wrong('office-people-nowhere'), 422)
  const found = await searchPeople(db.pool, seal, officer.area, wish)
  const looked = { subject: `area:${officer.area}`, detail: { by: wish.by, found: found.length } }
  const isNoted = await db.transaction((tx) =>
    noteLimited(tx, { actor, action: 'search-people', ...looked }),
  )
  if (!isNoted) return show(wrong('office-people-enough'), 429)
  if (found.length === 0) return show(html`<p>${say('office-people-none')}</p>`, 200)
  return show(foundTable(visit, found), 200)
}

function foundTable({ say, ground: { book } }: Visit, found: FoundPerson[]): Html {
  const villageOf = (code: string | null) => book.places.find(code ?? '')?.name ?? '–'
  const rows = found.map(
    (one) => html`<tr><th scope="row"><a href="/kantor/orang/${one.receipt}">${one.name}</a></th>
<td data-label="${say('office-village')}">${villageOf(one.villageCode)}</td>
<td data-label="${say('office-state')}">${say(`resident-${one.state}`)}</td>
<td data-label="${say('office-review-since')}">${showMoment(one.createdAt, book.branch.zone)}</td>
</tr>`,
  )
  const heads = ['office-staff-name', 'office-village', 'office-state', 'office-review-since']
  return html`<h2>${say('office-people-found', { count: showCount(found.length) })}</h2>
<table><thead><tr>${heads.map((id) => html`<th scope="col">${say(id)}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table>`
}
