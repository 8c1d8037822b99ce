// One flow as plain paragraphs: what is said, what is asked, where every answer leads.
import type { Ask, Flow, Step, Target } from '../core/flow.ts'
import type { Names } from '../flows/names.ts'
import { type Html, html } from '../web/html.ts'
import { drawFlow } from './diagram.ts'
import { type Reader, sayWords, sideBySide } from './say.ts'

const whoItIsFor: Record<string, string> = {
  villager: 'warga',
  official: 'aparat desa',
  branch: 'kantor cabang',
}

const kinds: Record<string, string> = {
  choice: 'pilihan',
  nik: 'NIK',
  name: 'nama orang',
  date: 'tanggal',
  money: 'jumlah rupiah',
  phone: 'nomor HP',
  place: 'desa atau kelurahan',
  number: 'angka',
  text: 'tulisan bebas',
}

/** A flow with its head, its diagram and its steps, numbered as a person meets them. */
export function tellFlow(flow: Flow, reader: Reader, names: Names): Html {
  const steps = flow.steps.map((step, index) => tellStep(flow, step, index, reader, names))
  return html`<section class="flow" id="${anchorOf(flow.name)}">
<h2>${sayWords(flow.title.id)} <code>${flow.name}</code></h2>
${sideBySide(reader, flow.title, 'title')}
<p class="opens">Untuk ${whoItIsFor[flow.for] ?? flow.for}. Dibuka dengan:
 ${flow.opensOn.map((words, index) => html`${index > 0 && ', '}<q>${words}</q>`)}.</p>
<details open><summary>Jalannya</summary>${drawFlow(flow)}</details>
<ol class="steps">${steps}</ol>
</section>`
}

/** Where a flow stands in the book. */
export function anchorOf(name: string): string {
  return `flow-${name.replace('/', '-')}`
}

function tellStep(flow: Flow, step: Step, index: number, reader: Reader, names: Names): Html {
  const head = (what: string) => html`<h3><b>${index + 1}</b> ${what} <code>${step.id}</code></h3>`
  switch (step.does) {
    case 'say':
      return html`<li class="say">${head('Bot berkata')}${sideBySide(reader, step.words)}
${tellFiles(step)}</li>`
    case 'ask':
      return html`<li class="ask">${head('Bot bertanya')}${sideBySide(reader, step.words)}
${tellAnswer(flow, step, reader, names)}</li>`
    case 'end':
      return html`<li class="end">${head('Selesai')}${sideBySide(reader, step.words)}
${tellFiles(step)}</li>`
    case 'do':
      return html`<li class="do"><p><b>${index + 1}</b> Program: ${names.commands.get(step.id)}
 <code>${step.id}</code></p></li>`
    default:
      return html`<li class="if"><p><b>${index + 1}</b> ${tellRule(step.rule, names)}
 ${tellTarget(flow, step.go)} <code>${step.rule}</code></p></li>`
  }
}

function tellRule(rule: string, names: Names): string {
  return rule === 'always' ? 'Lanjut' : `Kalau ${names.rules.get(rule) ?? rule}:`
}

function tellTarget(flow: Flow, go: Target): Html {
  if ('flow' in go) return html`→ flow <a href="#${anchorOf(go.flow)}">${go.flow}</a>`
  if ('word' in go) return html`→ ${go.word.toUpperCase()}`
  const step = flow.steps[go.step]
  return html`→ langkah ${go.step + 1} (${step?.id ?? ''})`
}

function tellAnswer(flow: Flow, ask: Ask, reader: Reader, names: Names): Html {
  const notes = [
    ask.answer !== 'choice' && `Jawaban: ${kinds[ask.answer] ?? ask.answer}.`,
    ask.choicesFrom && `Pilihan: ${names.lists.get(ask.choicesFrom) ?? ask.choicesFrom}.`,
    ask.sensitive && 'Rahasia: tidak ditampilkan lagi secara utuh.',
    ask.optional && 'Boleh dilewati (LEWATI).',
    ask.exact && 'Hanya jawaban yang jelas yang diterima.',
  ].filter((note) => typeof note === 'string')
  return html`${ask.choices.length > 0 && tellChoices(flow, ask, reader)}
${notes.length > 0 && html`<p class="note">${notes.join(' ')}</p>`}
${
  ask.help &&
  html`<div class="help"><span>Pada BANTUAN:</span>
${sideBySide(reader, ask.help)}</div>`
}`
}

function tellChoices(flow: Flow, ask: Ask, reader: Reader): Html {
  const next = flow.steps.indexOf(ask) + 1
  const rows = ask.choices.map(
    (choice, index) =>
      html`<tr><td>${index + 1}</td>${reader.languages.map(
        (code) => html`<td lang="${code}">${sayWords(choice.label[code])}</td>`,
      )}<td class="where">${tellTarget(flow, choice.go ?? { step: next })}</td></tr>`,
  )
  return html`<table class="choices"><tbody>${rows}</tbody></table>`
}

function tellFiles(step: { picture?: string; file?: string }): Html | false {
  const names = [step.picture, step.file].filter(Boolean)
  return names.length > 0 && html`<p class="note">Dengan ${names.join(' dan ')}.</p>`
}
