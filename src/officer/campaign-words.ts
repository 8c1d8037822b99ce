// Campaigns as the command line shows them: state, counts, preview, results.
import type { Preview } from '../campaigns/preview.ts'
import { nameArea } from '../core/area.ts'
import type { Book } from '../core/book.ts'
import type { CampaignState } from '../core/outreach/campaign.ts'
import { sayCampaign } from '../core/outreach/words.ts'
import { getFigure } from '../core/rates.ts'
import { localDay } from '../core/reminders/local-time.ts'
import { type CampaignCount, countPeople } from '../registry/campaign-people.ts'
import { readResults } from '../registry/campaign-results.ts'
import type { Campaign } from '../registry/campaigns.ts'
import type { Tx } from '../registry/database.ts'

/** The states as officers read them. */
export const campaignStateNames: Record<CampaignState, string> = {
  draft: 'rancangan',
  tested: 'sudah diuji',
  'waiting-approval': 'menunggu disetujui orang kedua',
  scheduled: 'menunggu waktunya',
  canary: 'dikirim ke beberapa orang dahulu',
  running: 'berjalan',
  paused: 'dijeda',
  cancelled: 'dibatalkan',
  done: 'selesai',
}

const personStates: Record<string, string> = {
  chosen: 'menunggu giliran',
  queued: 'sedang dikirim',
  sent: 'terkirim',
  delivered: 'sampai',
  read: 'dibaca',
  failed: 'gagal',
  skipped: 'tidak dikirim',
}

const reasons: Record<string, string> = {
  stopped: 'sudah mengetik BERHENTI',
  'no-consent': 'tidak setuju menerima kabar kegiatan',
  blocked: 'memblokir bot',
  'never-wrote': 'belum pernah menulis',
  'no-channel': 'kanalnya tidak tersambung',
  'weekly-cap': 'sudah cukup banyak pesan minggu ini',
  quiet: 'sedang jam tenang di desanya',
  'same-day': 'sudah dikirimi hari ini',
  merged: 'orang yang sama di percakapan lain',
  cancelled: 'kampanye dibatalkan',
  gone: 'akunnya sudah tidak ada',
}

/** Counts in one line, the reasons in brackets; empty where nobody is chosen. */
export function showCounts(counts: CampaignCount[]): string {
  return counts
    .map(({ state, reason, count }) => {
      const why = reason && ` (${reasons[reason] ?? reason})`
      return `${personStates[state] ?? state}${why}: ${count}`
    })
    .join(', ')
}

/** What a campaign would do, line by line. */
export function showPreview(preview: Preview): string {
  const { total, reached, left, later, seconds, isOverBudget } = preview
  const lines = (counts: Map<string, number>) =>
    [...counts].map(([key, count]) => `  ${reasons[key] ?? key}: ${count}`)
  return [
    `Cocok dengan pilihannya: ${total}`,
    'Dikirimi, menurut kanal:',
    ...lines(reached),
    ...(left.size > 0 ? ['Tidak dikirimi:', ...lines(left)] : []),
    ...(later.size > 0 ? ['Dikirimi nanti:', ...lines(later)] : []),
    `Lamanya kira-kira ${showDuration(seconds)}.`,
    ...(isOverBudget ? ['Melebihi anggaran sehari cabang: sisanya dikirim hari berikutnya.'] : []),
    ...(reached.has('whatsapp')
      ? [
          'WhatsApp yang ditautkan bukan untuk pesan massal, hanya untuk beberapa orang sehari. ' +
            'Untuk banyak orang pakai Telegram atau WhatsApp resmi (WHATSAPP=cloud).',
        ]
      : []),
  ].join('\n')
}

function showDuration(seconds: number): string {
  if (seconds === Number.POSITIVE_INFINITY) return 'tidak pernah: batas hariannya nol'
  if (seconds < 90) return `${seconds} detik`
  if (seconds < 90 * 60) return `${Math.ceil(seconds / 60)} menit`
  return seconds < 36 * 3_600
    ? `${Math.ceil(seconds / 3_600)} jam`
    : `${Math.ceil(seconds / 86_400)} hari`
}

/** A campaign with its words as Telegram shows them, its counts and what came of it. */
export async function showCampaign(tx: Tx, book: Book, campaign: Campaign): Promise<string> {
  const { id, title, state, message, madeBy, approvedBy } = campaign
  const on = localDay(book.branch.zone, Date.now())
  const wordings = message.wordings.map((_, variant) => {
    const to = { language: 'id', channel: 'telegram' }
    const { text, choices = [] } = sayCampaign(book, message, variant, to, on)
    return [`Bunyi ${variant + 1}:`, text, ...choices.map(({ label }) => `[${label}]`)].join('\n')
  })
  const days = getFigure(book.rates, 'campaign-answer-days', on)
  const results = (await readResults(tx, id, days)).map((one) => {
    const village = one.villageCode
      ? nameArea(book.places, one.villageCode)
      : 'desa belum diketahui'
    const figures = `terkirim ${one.reached}, menjawab ${one.answered}, mendaftar ${one.enrolled}`
    return `  ${village}, bunyi ${one.variant + 1}: ${figures}, berhenti ${one.optedOut}`
  })
  return [
    `${title}: ${campaignStateNames[state]}`,
    `Dibuat ${madeBy}${approvedBy ? `, disetujui ${approvedBy}` : ''}`,
    showCounts(await countPeople(tx, id)) || 'Belum ada penerima yang dipilih',
    ...wordings,
    ...(results.length > 0 ? [`Hasil dalam ${days} hari:`, ...results] : []),
  ].join('\n')
}
