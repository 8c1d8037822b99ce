// Every figure with the days from which it holds and where it comes from.
import type { Figure, Rates, Row } from '../core/rates.ts'
import { type Html, html } from '../web/html.ts'

/** Signs that stand before a source, and what they mean. */
const labels: [sign: string, meaning: string][] = [
  ['REG', 'peraturan'],
  ['OFF', 'laman atau surat resmi'],
  ['NEWS', 'berita'],
  ['REPO', 'disalin dari program orang lain'],
  ['DER', 'dihitung dari angka lain'],
  ['MEM', 'dari ingatan, belum diperiksa'],
]

/** All figures, file by file. */
export function tellFigures({ figures }: Rates): Html {
  const named = Object.entries(figures) as [string, Figure<unknown>][]
  const files = [...new Set(named.map(([, figure]) => figure.file))]
  return html`<section id="angka"><h2>Angka</h2>
<p>Setiap angka berlaku mulai satu hari sampai ada baris baru. Di depan sumber berdiri tandanya:
 ${labels.map(([sign, meaning], index) => html`${index > 0 && ', '}<b>${sign}</b> ${meaning}`)}.</p>
${files.map((file) =>
  tellFile(
    file,
    named.filter(([, figure]) => figure.file === file),
  ),
)}
</section>`
}

function tellFile(file: string, figures: [string, Figure<unknown>][]): Html {
  return html`<h3 class="file">rates/${file}</h3>
${figures.map(
  ([name, { about, rows }]) => html`<div class="figure"><h4>${about} <code>${name}</code></h4>
<table><thead><tr><th>mulai</th><th>sampai</th><th>isi</th><th>sumber</th></tr></thead>
<tbody>${rows.map(tellRow)}</tbody></table></div>`,
)}`
}

function tellRow({ from, until, value, source }: Row<unknown>): Html {
  const shown = value === undefined ? html`<em>belum diketahui</em>` : tellValue(value)
  return html`<tr><td class="day">${from}</td><td class="day">${until ?? '…'}</td>
<td>${shown}</td><td class="source">${source}</td></tr>`
}

/** A value as it was meant: numbers as Indonesians write them, tables as lines. */
function tellValue(value: unknown): Html {
  if (typeof value === 'number') return html`${value.toLocaleString('id-ID')}`
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one === 'number')) return html`${value.join(', ')}`
    return html`<ul>${value.map((one) => html`<li>${tellValue(one)}</li>`)}</ul>`
  }
  if (typeof value !== 'object' || value === null) return html`${String(value)}`
  const parts = Object.entries(value)
  return html`<dl>${parts.map(
    ([name, part]) => html`<div><dt>${name}</dt><dd>${tellValue(part)}</dd></div>`,
  )}</dl>`
}
