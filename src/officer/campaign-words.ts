// Campaigns as the command line shows them: state, counts, preview, results.
import type { Preview } from '../campaigns/preview.ts'
import { sayCampaignState, sayDuration, sayPersonState, sayReason } from '../campaigns/say.ts'
import { nameArea } from '../core/area.ts'
import type { Book } from '../core/book.ts'
import { sayCampaign } from '../core/outreach/words.ts'
import { getFigure } from '../core/rates.ts'
import { localDay } from '../core/reminders/local-time.ts'
import { type CampaignCount, countPeople } from '../registry/campaign-people.ts'
import { readResults } from '../registry/campaign-results.ts'
import type { Campaign } from '../registry/campaigns.ts'
import type { Tx } from '../registry/database.ts'

/** Counts in one line, the reasons in brackets; empty where nobody is chosen. */
export function showCounts(book: Book, counts: CampaignCount[]): string {
  return counts
    .map(({ state, reason, count }) => {
      const why = reason && ` (${sayReason(book, reason)})`
      return `${sayPersonState(book, state)}${why}: ${count}`
    })
    .join(', ')
}

/** What a campaign would do, line by line. */
export function showPreview(book: Book, preview: Preview): string {
  const { total, reached, left, later, seconds, isOverBudget } = preview
  const lines = (counts: Map<string, number>) =>
    [...counts].map(([key, count]) => `  ${sayReason(book, key)}: ${count}`)
  return [
    `Cocok dengan pilihannya: ${total}`,
    'Dikirimi, menurut kanal:',
    ...lines(reached),
    ...(left.size > 0 ? ['Tidak dikirimi:', ...lines(left)] : []),
    ...(later.size > 0 ? ['Dikirimi nanti:', ...lines(later)] : []),
    `Lamanya kira-kira ${sayDuration(book, seconds)}.`,
    ...(isOverBudget ? ['Melebihi anggaran sehari cabang: sisanya dikirim hari berikutnya.'] : []),
    ...(reached.has('whatsapp')
      ? [
          'WhatsApp yang ditautkan bukan untuk pesan massal, hanya untuk beberapa orang sehari. ' +
            'Untuk banyak orang pakai Telegram atau WhatsApp resmi (WHATSAPP=cloud).',
        ]
      : []),
  ].join('\n')
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
    `${title}: ${sayCampaignState(book, state)}`,
    `Dibuat ${madeBy}${approvedBy ? `, disetujui ${approvedBy}` : ''}`,
    showCounts(book, await countPeople(tx, id)) || 'Belum ada penerima yang dipilih',
    ...wordings,
    ...(results.length > 0 ? [`Hasil dalam ${days} hari:`, ...results] : []),
  ].join('\n')
}
