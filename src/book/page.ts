// The book: every flow, word and figure as one page to be read, printed and signed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Flow } from '../core/flow.ts'
import { must } from '../core/must.ts'
import { sayPlain } from '../core/phrase.ts'
import type { Rates } from '../core/rates.ts'
import type { FlowBook } from '../flows/index.ts'
import { Html, html } from '../web/html.ts'
import { tellFigures } from './figures.ts'
import { anchorOf, tellFlow } from './flow.ts'
import type { Reader } from './say.ts'
import { tellPhrases, tellQuestions, tellUnderstood } from './words.ts'

const style = new Html(readFileSync(join(import.meta.dirname, 'book.css'), 'utf8'))

/** What the book is made of. */
export interface BookContent {
  flows: FlowBook
  rates: Rates
  /** Words and their meanings from flows/README.md, one to a line. */
  glossary: string[]
}

/** The whole book as one HTML page without script. */
export function writeBook({ flows, rates, glossary }: BookContent): string {
  const name = must(flows.phrases.get('language-name'), 'a name of each language')
  const reader: Reader = {
    languages: flows.languages,
    languageName: (code) => sayPlain(name, code),
  }
  const all = inOrder(flows)
  const page = html`<!doctype html>
<html lang="id"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Buku Sapa Desa</title><style>${style}</style></head><body>
<header><h1>Buku Sapa Desa</h1>
<p>Semua yang dikatakan bot, semua jalannya, dan semua angkanya. Bahasa:
 ${flows.languages.map(reader.languageName).join(', ')}.</p>
<p class="version">Flow versi ${flows.version} · angka versi ${rates.version}</p>
<p class="signed">Diperiksa oleh <span></span> tanggal <span></span> tanda tangan <span></span></p>
</header>
${tellContents(all)}
${tellReading()}
${all.map((flow) => tellFlow(flow, reader, flows.names))}
${tellUnderstood(flows)}
${tellQuestions(flows, reader)}
${tellPhrases(flows, reader)}
${tellFigures(rates)}
${tellGlossary(flows, glossary)}
</body></html>
`
  return page.text
}

/** The flows as a person comes to them: the first talk, where it leads, and so on; then the rest. */
function inOrder({ flows }: FlowBook): Flow[] {
  const names = ['villager/start']
  for (const name of names) {
    for (const step of flows.get(name)?.steps ?? []) {
      const choices = step.does === 'ask' ? step.choices : []
      for (const { go } of choices) {
        if (go && 'flow' in go && !names.includes(go.flow)) names.push(go.flow)
      }
    }
  }
  return [...new Set([...names, ...flows.keys()])].flatMap((name) => flows.get(name) ?? [])
}

function tellContents(flows: Flow[]): Html {
  const entries = flows.map(
    ({ name, title }) => html`<li><a href="#${anchorOf(name)}">${sayPlain(title, 'id')}</a></li>`,
  )
  return html`<nav><h2>Isi</h2><ol>${entries}
<li><a href="#dimengerti">Kata yang selalu dimengerti</a></li>
<li><a href="#pertanyaan">Pertanyaan umum</a></li>
<li><a href="#kalimat">Kalimat bersama</a></li>
<li><a href="#angka">Angka</a></li>
<li><a href="#arti">Arti kata</a></li></ol></nav>`
}

function tellReading(): Html {
  return html`<section id="cara"><h2>Cara membaca</h2>
<p>Langkah-langkah dibaca dari atas ke bawah. Panah → menunjukkan langkah yang dituju kalau pilihan
 itu diambil atau aturannya benar; kalau tidak, lanjut ke langkah berikutnya.
 Tulisan seperti <i class="blank">receipt</i> diisi oleh program; artinya di bagian terakhir.</p>
<p>Pada gambar: kotak hijau bertanya, kotak putih berkata, kotak putus-putus memeriksa aturan,
 kotak gelap menyuruh program, kotak bulat mengakhiri. Garis di kanan melompat ke bawah, di kiri
 kembali ke atas, dan nama di tepi kanan menuju flow lain.</p></section>`
}

function tellGlossary({ names }: FlowBook, glossary: string[]): Html {
  const lists: [string, Map<string, string>][] = [
    ['Isian { }', names.blanks],
    ['Aturan (if:)', names.rules],
    ['Perintah (do:)', names.commands],
    ['Daftar (choices-from:)', names.lists],
  ]
  return html`<section id="arti"><h2>Arti kata</h2>
${glossary.map((line) => html`<p>${line}</p>`)}
${lists.map(
  ([title, meanings]) =>
    html`<h3>${title}</h3><table><tbody>${[...meanings].map(
      ([name, meaning]) => html`<tr><th><code>${name}</code></th><td>${meaning}</td></tr>`,
    )}</tbody></table>`,
)}</section>`
}
