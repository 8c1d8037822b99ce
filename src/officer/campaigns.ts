// What an officer does about campaigns on the command line: composes, tests, hands in, stops.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { campaignGround } from '../campaigns/ground.ts'
import { handInCampaign, readStart, testCampaign } from '../campaigns/hand-in.ts'
import { previewCampaign } from '../campaigns/preview.ts'
import { sayCampaignState } from '../campaigns/say.ts'
import { takeList } from '../campaigns/take-list.ts'
import { createClock } from '../clock.ts'
import { checkAudience, checkMessage } from '../core/outreach/check.ts'
import { readCampaignFile } from '../flows/campaign-file.ts'
import { countPeople } from '../registry/campaign-people.ts'
import {
  approve,
  type Campaign,
  cancel,
  findCampaign,
  listCampaigns,
  makeCampaign,
  pause,
  resume,
  type StepRefused,
  stepCampaign,
} from '../registry/campaigns.ts'
import type { Tx } from '../registry/database.ts'
import { listHolders } from '../registry/people.ts'
import { showCampaign, showCounts, showPreview } from './campaign-words.ts'
import type { Desk } from './posts.ts'

/** How these actions are called. */
export const campaignUsage = `\
  npm run petugas -- kampanye                  kampanye dan keadaannya
  npm run petugas -- kampanye buat BERKAS      rancangan baru dari berkas yaml
  npm run petugas -- kampanye penerima NO BERKAS  hanya yang ada di daftar (tanda terima, nomor HP)
  npm run petugas -- kampanye lihat NO         bunyinya, penerimanya, hasilnya
  npm run petugas -- kampanye hitung NO        berapa orang, siapa yang tidak, berapa lama
  npm run petugas -- kampanye uji NO post-12   kirim dahulu ke percakapan sendiri
  npm run petugas -- kampanye mulai NO [2026-12-10T09:00]  serahkan, sekarang atau nanti
  npm run petugas -- kampanye setujui NO       orang kedua menyetujui
  npm run petugas -- kampanye jeda NO          berhenti dulu; juga lanjut NO dan batal NO`

type Action = (desk: Desk, campaign: Campaign, words: string[]) => Promise<string>

const steps: Record<string, Action> = {
  penerima: keepList,
  lihat: ({ db, book }, campaign) => showCampaign(db.pool, book, campaign),
  hitung: async (desk, campaign) => {
    const preview = await previewCampaign(desk.db.pool, groundOf(desk), campaign, Date.now())
    return showPreview(desk.book, preview)
  },
  uji: tryOut,
  mulai: start,
  setujui: (desk, { id }) =>
    step(desk, (tx) => approve(tx, id, desk.actor), 'Disetujui. Kampanye mulai pada waktunya.'),
  jeda: (desk, { id }) =>
    step(desk, (tx) => pause(tx, id, desk.actor), 'Dijeda. Yang belum terkirim ditarik kembali.'),
  batal: (desk, { id }) =>
    step(desk, (tx) => cancel(tx, id, desk.actor), 'Dibatalkan. Tidak ada lagi yang dikirim.'),
  lanjut: (desk, campaign) => step(desk, (tx) => goOn(tx, desk, campaign), 'Dilanjutkan.'),
}

/** The actions by the word that calls them; each gives what is printed. */
export const campaignActions: Record<string, (desk: Desk, words: string[]) => Promise<string>> = {
  kampanye: async (desk, [action, ...rest]) => {
    if (action === undefined) return list(desk)
    if (action === 'buat') return compose(desk, rest)
    const run = steps[action]
    const [word = '', ...words] = rest
    const campaign = /^\d{1,9}$/.test(word)
      ? await findCampaign(desk.db.pool, Number(word))
      : undefined
    if (!run) throw new Error(`Cara pakai:\n${campaignUsage}`)
    if (!campaign) throw new Error(refusals.gone)
    return run(desk, campaign, words)
  },
}

const refusals: Record<StepRefused, string> = {
  gone: 'Tulis nomor kampanye dari daftar `npm run petugas -- kampanye`.',
  'wrong-state': 'Kampanye itu sedang tidak dalam keadaan untuk itu.',
  'not-tested': 'Uji dahulu ke percakapan sendiri: kampanye uji NO post-12.',
  nobody: 'Tidak ada seorang pun yang boleh dikirimi. Lihat alasannya: kampanye hitung NO.',
  'own-campaign': 'Yang membuat kampanye tidak bisa menyetujuinya sendiri. Minta orang kedua.',
}

async function step(
  { db }: Desk,
  work: (tx: Tx) => Promise<StepRefused | undefined>,
  done: string,
): Promise<string> {
  const refused = await db.transaction(work)
  if (refused) throw new Error(refusals[refused])
  return done
}

/** From a pause, or from the first few to all the others. */
async function goOn(tx: Tx, { actor }: Desk, { id, state }: Campaign) {
  if (state === 'paused') return resume(tx, id, actor)
  return (await stepCampaign(tx, id, 'go-on', actor)) ? undefined : 'wrong-state'
}

function groundOf({ config, book }: Desk) {
  return campaignGround(config, book)
}

async function list({ db, book }: Desk): Promise<string> {
  const campaigns = await listCampaigns(db.pool, 50)
  const lines = campaigns.map(async ({ id, title, state }) => {
    const counts = showCounts(book, await countPeople(db.pool, id))
    return `  ${id}  ${title}  ${sayCampaignState(book, state)}${counts && `  ${counts}`}`
  })
  return [`Kampanye: ${campaigns.length}`, ...(await Promise.all(lines))].join('\n')
}

const filesDir = join(import.meta.dirname, '../flows/files')

async function readText(path: string | undefined): Promise<string> {
  if (path === undefined) throw new Error('Tulis juga nama berkasnya.')
  return readFile(path, 'utf8').catch(() => {
    throw new Error('Berkas itu tidak bisa dibuka. Periksa nama dan tempatnya.')
  })
}

async function compose({ db, book, actor }: Desk, [path]: string[]): Promise<string> {
  const read = readCampaignFile(await readText(path), basename(path ?? ''))
  if (Array.isArray(read)) throw new Error(read.join('\n'))
  const problems = [
    ...checkMessage(book, read.message, (name) => existsSync(join(filesDir, basename(name)))),
    ...checkAudience(book, read.audience),
  ]
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const id = await db.transaction((tx) => makeCampaign(tx, read, actor))
  return `Rancangan ${id} disimpan. Lihat: kampanye hitung ${id}; uji: kampanye uji ${id} post-12.`
}

async function keepList(desk: Desk, { id }: Campaign, [path]: string[]) {
  const { db, seal, book, actor } = desk
  const given = {
    text: await readText(path),
    on: createClock(book.branch.zone).today(),
    by: actor,
  }
  const taken = await db.transaction((tx) => takeList(tx, seal, id, given))
  if (typeof taken === 'string') throw new Error(refusals[taken])
  return [
    `Percakapan yang ditemukan: ${taken.found}`,
    `Tidak punya percakapan dengan bot ini: ${taken.unknown}`,
    `Tidak terbaca: ${taken.unreadable}`,
  ].join('\n')
}

async function tryOut(desk: Desk, { id }: Campaign, [key]: string[]): Promise<string> {
  const { db, seal, actor } = desk
  const holders = await listHolders(db.pool, seal)
  const addressId = holders.find((one) => one.key === key)?.addressId
  if (addressId === undefined) {
    throw new Error('Tulis nomor tugas Anda dari `npm run petugas -- undangan`, misalnya post-12.')
  }
  const to = { addressId, by: actor, atMs: Date.now() }
  await db.transaction((tx) => testCampaign(tx, seal, groundOf(desk), id, to))
  return 'Dikirim untuk uji. Baca di percakapan itu seperti penerima membacanya.'
}

async function start(desk: Desk, { id }: Campaign, [moment]: string[]): Promise<string> {
  const atMs = Date.now()
  const startsAtMs = moment === undefined ? atMs : readStart(desk.book.branch.zone, moment)
  if (startsAtMs === undefined) throw new Error('Tulis waktunya seperti 2026-12-10T09:00.')
  const given = { by: desk.actor, startsAtMs, atMs }
  const handed = await desk.db.transaction((tx) => handInCampaign(tx, groundOf(desk), id, given))
  if (typeof handed === 'string') throw new Error(refusals[handed])
  const { needsApproval, canarySize } = handed
  return [
    showPreview(desk.book, handed.preview),
    ...(canarySize > 0
      ? [`Mulai dengan ${canarySize} orang; sesudah dilihat: kampanye lanjut ${id}.`]
      : []),
    needsApproval ? `Menunggu orang kedua: kampanye setujui ${id}.` : 'Mulai pada waktunya.',
  ].join('\n')
}
