// How long a campaign takes inside each platform's limits, who goes first, who hears which words.

/** Messages a second that each platform takes from one bot or number, as measured or documented. */
const perSecond: Record<string, number> = { telegram: 30, 'whatsapp-cloud': 80, web: 500 }

const daySeconds = 24 * 60 * 60

/**
 * Seconds that so many messages take on a channel; those over a linked WhatsApp go by its cap a
 * day. Unknown channels take one a second.
 */
export function estimateSeconds(channel: string, count: number, whatsappDailyCap: number): number {
  if (channel !== 'whatsapp') return Math.ceil(count / (perSecond[channel] ?? 1))
  if (count === 0) return 0
  return whatsappDailyCap === 0
    ? Number.POSITIVE_INFINITY
    : Math.ceil(count / whatsappDailyCap) * daySeconds
}

/** How many are written to first, before somebody looks; 0 where there are too few to matter. */
export function canarySize(count: number, rule: { percent: number; from: number }): number {
  return count < rule.from ? 0 : Math.max(1, Math.ceil((count * rule.percent) / 100))
}

/** Which wording somebody gets by their place in the order drawn by lot; counts from 0. */
export function variantOf(ordinal: number, wordings: number): number {
  return ordinal % wordings
}
