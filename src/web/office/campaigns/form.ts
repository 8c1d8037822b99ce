// The form of a campaign: words with what may fill them, the way into a flow, whom it is for.
import { nameArea, villagesIn } from '../../../core/area.ts'
import { showFillers } from '../../../core/outreach/words.ts'
import { sayPlain } from '../../../core/phrase.ts'
import { localDay } from '../../../core/reminders/local-time.ts'
import type { Campaign } from '../../../registry/campaigns.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import { table } from '../table.ts'
import type { Visit } from '../visit.ts'
import { areaOf, boxes, type Fields } from './fields.ts'
import { groundOf, nameCohort, nameLanguage, nowMs } from './seen.ts'

/** Every field with what stands in it. */
export function composeForm(visit: Visit, campaign: Campaign | undefined, fields: Fields): Html {
  const { say } = visit
  const path = campaign ? `/kampanye/${campaign.id}/ubah` : '/kampanye/baru'
  return postForm(
    visit,
    path,
    html`<label for="judul">${say('office-campaign-title')}</label>
<input id="judul" name="judul" value="${fields('judul')}" maxlength="100" required>
<p class="soft">${say('office-campaign-title-note')}</p>
<h2>${say('office-campaign-words')}</h2>
${wordsPart(visit, fields)}
${buttonPart(visit, fields)}
<h2>${say('office-campaign-whom')}</h2>
<p class="soft">${say('office-campaign-rules')}</p>
${areaPart(visit, fields)}
${whomPart(visit, fields)}
<p><button>${say('office-campaign-save')}</button></p>`,
  )
}

function wordsPart(visit: Visit, fields: Fields): Html {
  const { say, ground } = visit
  const { languages } = ground.book
  const area = (name: string, label: string, isNeeded: boolean) => html`<label
 for="${name}">${label}</label>
<textarea id="${name}" name="${name}" rows="5" maxlength="3000"${isNeeded && html` required`}>
${fields(name)}</textarea>`
  const [, ...others] = languages
  const hasOther = others.some((code) => fields(`kata-${code}`) !== '')
  const hasSecond = languages.some((code) => fields(`kata-b-${code}`) !== '')
  const inLanguage = (code: string) =>
    say('office-campaign-words-in', { language: nameLanguage(ground.book, code) })
  return html`${area('kata-id', say('office-campaign-words-id'), true)}
<p class="soft">${say('office-campaign-words-note')}</p>
${fillersPart(visit)}
${
  others.length > 0 &&
  html`<details${hasOther && html` open`}>
<summary>${say('office-campaign-other-languages')}</summary>
${others.map((code) => area(`kata-${code}`, inLanguage(code), false))}</details>`
}
<details${hasSecond && html` open`}><summary>${say('office-campaign-second')}</summary>
<p class="soft">${say('office-campaign-second-note')}</p>
${area('kata-b-id', say('office-campaign-words-b'), false)}
${others.map((code) => area(`kata-b-${code}`, `${inLanguage(code)} (B)`, false))}</details>`
}

/** Figures that follow the rates: whoever writes picks a blank and sees what it says today. */
function fillersPart(visit: Visit): Html {
  const { say, ground, officer } = visit
  const on = localDay(ground.book.branch.zone, nowMs(visit))
  const { places } = ground.book
  const [home] = villagesIn(places, officer.area)
  const rows = [
    ['{name}', say('office-campaign-fill-name'), officer.name],
    ['{village}', say('office-campaign-fill-village'), home ? places.label(home.code) : ''],
    ...showFillers(ground.book, on).map(({ name, shows }) => {
      return [`{${name}}`, ground.machine.meaningOf(name), shows]
    }),
  ]
  const columns = [
    'office-campaign-fill',
    'office-campaign-fill-means',
    'office-campaign-fill-today',
  ]
  return html`<details><summary>${say('office-campaign-fills')}</summary>
${table(say, columns, rows)}</details>`
}

function buttonPart(visit: Visit, fields: Fields): Html {
  const { say, ground } = visit
  const flows = [...ground.book.flows.values()].filter(
    (flow) => flow.for === 'villager' && flow.opensAs.id,
  )
  const options = flows.map(({ name, title, opensAs }) => {
    const mark = fields('tombol') === name && html` selected`
    const word = (opensAs.id ?? '').toUpperCase()
    return html`<option value="${name}"${mark}>${word} – ${sayPlain(title, 'id')}</option>`
  })
  const hasCloud = groundOf(visit).channels.has('whatsapp-cloud') || fields('templat') !== ''
  return html`<label for="tombol">${say('office-campaign-button')}</label>
<select id="tombol" name="tombol"><option value="">${say('office-campaign-no-button')}</option>
${options}</select>
${
  hasCloud &&
  html`<label for="templat">${say('office-campaign-template-name')}</label>
<input id="templat" name="templat" value="${fields('templat')}" maxlength="512">
<p class="soft">${say('office-campaign-template-note')}</p>`
}`
}

/** Regency, district, village: each list holds what lies in the one before, once it was chosen. */
function areaPart(visit: Visit, fields: Fields): Html {
  const { say, officer, ground } = visit
  const { places } = ground.book
  const area = areaOf(fields, officer.area)
  const together = area.includes(' ') && area !== officer.area ? [area] : []
  const chosen = together.length > 0 || area === officer.area ? [] : area.split('.')
  const codes = (outer: string, count: number) => [
    ...new Set(
      villagesIn(places, outer).map(({ code }) => code.split('.').slice(0, count).join('.')),
    ),
  ]
  const choose = (name: string, all: string, options: string[], at: string) => html`<div>
<label for="${name}">${say(`office-campaign-${name}`)}</label><select id="${name}" name="${name}">
<option value="">${say(all)}</option>${options.map(
    (code) =>
      html`<option value="${code}"${code === at && html` selected`}>${shortOf(
        visit,
        code,
      )}</option>`,
  )}</select></div>`
  const part = (count: number) => (chosen.length >= count ? chosen.slice(0, count).join('.') : '')
  const regencies = [...officer.area.split(' '), ...together]
  return html`<div class="fields">
${choose('kabupaten', 'office-campaign-whole-area', regencies, together[0] ?? part(2))}
${part(2) && choose('kecamatan', 'office-campaign-whole-regency', codes(part(2), 3), part(3))}
${part(3) && choose('desa', 'office-campaign-whole-district', codes(part(3), 4), part(4))}
<div><button class="plain" name="langkah" value="wilayah" formnovalidate>
${say('office-campaign-narrow')}</button></div></div>`
}

function shortOf({ ground: { book } }: Visit, code: string): string {
  return book.places.find(code)?.name ?? nameArea(book.places, code).split(', Kab.')[0] ?? code
}

function whomPart({ say, ground }: Visit, fields: Fields): Html {
  const box = (name: string, words: string) => html`<label><input type="checkbox" name="${name}"
 value="ya"${fields(name) !== '' && html` checked`}> ${words}</label>`
  const group = (name: string, some: readonly string[], words: (one: string) => string) =>
    html`<fieldset class="checks"><legend>${say(`office-campaign-group-${name}`)}</legend>
${some.map((one) => box(`${name}-${one}`, words(one)))}</fieldset>`
  return html`<div class="checks">
${box('tanpa-desa', say('office-campaign-without-village'))}</div>
<p class="soft">${say('office-campaign-boxes-note')}</p>
${group('keadaan', boxes.keadaan, (one) => say(`office-campaign-state-${one}`))}
${group('kelompok', boxes.kelompok, (one) => nameCohort(ground.book, one))}
${group('segmen', boxes.segmen, (one) => say(`segment-${one.toLowerCase()}`))}
${group('kanal', boxes.kanal, (one) => say(`office-channel-${one}`))}
${group('bahasa', ground.book.languages, (one) => nameLanguage(ground.book, one))}
<label for="diam">${say('office-campaign-silent')}</label>
<input id="diam" name="diam" inputmode="numeric" value="${fields('diam')}" maxlength="4">`
}
