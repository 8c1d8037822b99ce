// What a person sees of a message on each channel: whatever is said must arrive whole on all of them.
import { encode as encodeTelegram } from '../../src/channels/telegram/encode.ts'
import { encode as encodeWhatsApp } from '../../src/channels/whatsapp/encode.ts'
import { encode as encodeCloud } from '../../src/channels/whatsapp-cloud/encode.ts'
import type { Outbound } from '../../src/core/message.ts'
import { checkMessage, seen } from './fake-cloud-api/check.ts'

/** What is seen of a message, on WhatsApp by a linked phone, by the Cloud API, and on Telegram. */
const views: Record<string, (message: Outbound) => string> = {
  whatsapp: (message) =>
    encodeWhatsApp(message)
      .map(({ text }) => text)
      .join('\n'),
  'whatsapp-cloud': (message) => {
    const contents = encodeCloud(message, 'Pilihan').map((content) =>
      // The platform's own rules: it throws on a label or a text that is too long.
      seen('', checkMessage({ messaging_product: 'whatsapp', to: '62800000', ...content })),
    )
    return contents.flatMap(({ text, choices }) => [text, ...choices.map(whole)]).join('\n')
  },
  telegram: (message) => encodeTelegram(message, undefined).text,
}

function whole({ label }: { label: string }): string {
  return label
}

/** What was looked at already, by its words and labels: most of what is said is said often. */
const known = new Map<string, string[]>()

/** The channels on which a part of the message is missing; none is what tests want. */
export function findCut(message: Outbound): string[] {
  const labels = message.choices?.map(whole) ?? []
  const key = [message.wantsPhone === true, message.text, ...labels].join('\n')
  const found = known.get(key) ?? lookForCut(message)
  known.set(key, found)
  return found
}

function lookForCut(message: Outbound): string[] {
  return Object.entries(views).flatMap(([channel, view]) => {
    const shown = view(message)
    // Telegram's buttons are its apps' own: what they show of a label is tested with them.
    const labels = channel === 'telegram' ? [] : (message.choices ?? []).map(({ label }) => label)
    const missing = [message.text.trim(), ...labels].filter((part) => !shown.includes(part))
    return missing.length > 0 ? [`${channel} shows no "${missing[0]}"`] : []
  })
}
