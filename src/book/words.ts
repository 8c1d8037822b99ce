// What every flow shares: questions, phrases, notices, and the words that are understood.
import type { Translated } from '../core/flow.ts'
import type { FlowBook } from '../flows/index.ts'
import { type Html, html } from '../web/html.ts'
import { type Reader, sideBySide, wordsTable } from './say.ts'

const parts: { title: string; about: string; has: (id: string) => boolean }[] = [
  {
    title: 'Kabar',
    about: 'Yang dikirim lebih dulu oleh bot, setelah petugas memeriksa sesuatu.',
    has: (id) => /^(enrolment|ticket|accident|correction|erasure|reason)-/.test(id),
  },
  {
    title: 'Nama jawaban',
    about: 'Nama pendek setiap jawaban, di ringkasan, di UBAH dan di DATA SAYA.',
    has: (id) => /^(answer|data)-/.test(id),
  },
  {
    title: 'Halaman chat',
    about: 'Kata-kata di sekitar percakapan pada halaman web, dan menu perintah Telegram.',
    has: (id) => /^(web|command)-/.test(id),
  },
  {
    title: 'Halaman kantor',
    about: 'Kata-kata pada halaman tempat kerja petugas cabang.',
    has: (id) => id.startsWith('office-'),
  },
]

/** The common questions with the words by which they are known. */
export function tellQuestions({ questions }: FlowBook, reader: Reader): Html {
  return html`<section id="pertanyaan"><h2>Pertanyaan umum</h2>
<p>Dijawab kapan saja, lalu percakapan dilanjutkan. Satu kelompok kata sudah cukup; semua kata dalam
 kelompoknya harus ada.</p>
${questions.map(
  ({ id, words, text }) => html`<div class="question" id="tanya-${id}"><h3><code>${id}</code></h3>
<p class="note">${words.map((group) => group.join(' + ')).join(' · ')}</p>
${sideBySide(reader, text)}</div>`,
)}</section>`
}

/** Phrases, notices and words of the page, in parts. */
export function tellPhrases({ phrases }: FlowBook, reader: Reader): Html {
  const rows = [...phrases].map(([id, words]: [string, Translated]) => ({ id, words }))
  const others = rows.filter(({ id }) => !parts.some((part) => part.has(id)))
  return html`<section id="kalimat"><h2>Kalimat bersama</h2>
<p>Yang dikatakan bot dalam setiap flow: maaf, sapaan, petunjuk.</p>
${wordsTable(reader, others)}
${parts.map(
  ({ title, about, has }) => html`<h3>${title}</h3><p>${about}</p>
${wordsTable(
  reader,
  rows.filter(({ id }) => has(id)),
)}`,
)}</section>`
}

/** The messages that mean a global word, a clear yes or a clear no. */
export function tellUnderstood({ globals, yes, no }: FlowBook): Html {
  const words = [...new Set(globals.values())].map((name) => ({
    name: name.toUpperCase(),
    said: [...globals].flatMap(([said, one]) => (one === name ? [said] : [])),
  }))
  const clear = [
    { name: 'ya', said: [...yes] },
    { name: 'tidak', said: [...no] },
  ]
  return html`<section id="dimengerti"><h2>Kata yang selalu dimengerti</h2>
<p>Satu pesan utuh, dengan huruf besar atau kecil. Di tengah percakapan pun tempatnya tidak
 hilang.</p>
<table><tbody>${[...words, ...clear].map(
    ({ name, said }) => html`<tr><th>${name}</th><td>${said.join(' · ')}</td></tr>`,
  )}</tbody></table></section>`
}
