// What an officer does about campaigns on the command line: composes, tests, hands in, stops.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { handInCampaign, testCampaign } from '../campaigns/hand-in.ts'
import { readNamedList } from '../campaigns/list-file.ts'
import { previewCampaign } from '../campaigns/preview.ts'
import { createClock } from '../clock.ts'
import { checkAudience, checkMessage } from '../core/outreach/check.ts'
import { dayStartMs } from '../core/reminders/local-time.ts'
import { readCampaignFile } from '../flows/campaign-file.ts'
import { findListed, keepListed } from '../registry/campaign-audience.ts'
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
  setListed,
  stepCampaign,
} from '../registry/campaigns.ts'
import type { Tx } from '../registry/database.ts'
import { listHolders } from '../registry/people.ts'
import { campaignStateNames, showCampaign, showCounts, showPreview } from './campaign-words.ts'
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
    return showPreview(preview)
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
  const channels = new Set(['console', ...config.WHATSAPP.map((way) => channelOfWay[way] ?? way)])
  if (config.TELEGRAM_BOT_TOKEN) channels.add('telegram')
  if (config.WEB_CHAT ?? !config.DATABASE_URL) channels.add('web')
  return { book, channels, whatsappDailyCap: config.WHATSAPP_DAILY_CAP }
}

const channelOfWay: Record<string, string> = { baileys: 'whatsapp', cloud: 'whatsapp-cloud' }

async function list({ db }: Desk): Promise<string> {
  const campaigns = await listCampaigns(db.pool, 50)
  const lines = campaigns.map(async ({ id, title, state }) => {
    const counts = showCounts(await countPeople(db.pool, id))
    return `  ${id}  ${title}  ${campaignStateNames[state]}${counts && `  ${counts}`}`
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

async function keepList({ db, seal, book }: Desk, { id, state }: Campaign, [path]: string[]) {
  if (state !== 'draft' && state !== 'tested') throw new Error(refusals['wrong-state'])
  const named = readNamedList(await readText(path), createClock(book.branch.zone).today())
  const { ids, unknown } = await db.transaction(async (tx) => {
    const found = await findListed(tx, seal, named)
    await keepListed(tx, id, found.ids)
    await setListed(tx, id)
    return found
  })
  return [
    `Percakapan yang ditemukan: ${ids.length}`,
    `Tidak punya percakapan dengan bot ini: ${unknown}`,
    `Tidak terbaca: ${named.unreadable}`,
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
  const startsAtMs = moment === undefined ? atMs : readMoment(desk, moment)
  const given = { by: desk.actor, startsAtMs, atMs }
  const handed = await desk.db.transaction((tx) => handInCampaign(tx, groundOf(desk), id, given))
  if (typeof handed === 'string') throw new Error(refusals[handed])
  const { needsApproval, canarySize } = handed
  return [
    showPreview(handed.preview),
    ...(canarySize > 0
      ? [`Mulai dengan ${canarySize} orang; sesudah dilihat: kampanye lanjut ${id}.`]
      : []),
    needsApproval ? `Menunggu orang kedua: kampanye setujui ${id}.` : 'Mulai pada waktunya.',
  ].join('\n')
}

/** A moment as the branch's clock shows it. */
function readMoment({ book }: Desk, moment: string): number {
  const [, day = '', time = ''] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/.exec(moment) ?? []
  const dayMs = Date.parse(`${day}T00:00:00Z`)
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  if (Number.isNaN(dayMs)) throw new Error('Tulis waktunya seperti 2026-12-10T09:00.')
  return dayStartMs(book.branch.zone, dayMs) + minutes * 60_000
}
