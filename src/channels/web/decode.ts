// What the chat page posts, read as an Inbound.
import { createHmac } from 'node:crypto'
import type { Inbound } from '../../core/message.ts'

/** Who posted, and when it arrived. */
export interface Sender {
  address: string
  /** ISO 8601 in UTC. */
  at: string
  /** Secret that fingerprints are made with. */
  key: Buffer
}

type Said = Pick<Inbound, 'kind' | 'words'>

function readSaid(form: Record<string, unknown>): Said | undefined {
  const { words, press, start } = form
  if (typeof press === 'string' && press !== '') return { kind: 'press', words: press }
  if (typeof start === 'string') return { kind: 'start', words: start }
  if (typeof words === 'string' && words.trim() !== '') return { kind: 'text', words }
  return undefined
}

/**
 * Without script the id is the page's own, and a person may go back to an old page and send
 * something else from it: the id is joined with a fingerprint of what was sent, so that only the
 * same words count as a repeat. It is keyed, because a plain one would give a short number away.
 */
function idWithoutScript(once: string, { kind, words }: Said, { address, key }: Sender): string {
  const content = JSON.stringify([address, kind, words])
  return `${once}-${createHmac('sha256', key).update(content).digest('base64url').slice(0, 12)}`
}

const idShape = /^[A-Za-z0-9-]{16,40}$/

/**
 * Reads a posted form: `id` (made by the script) or `once` (made by the page), and one of `press`,
 * `start` and `words`. Undefined when nothing was said or the id is not one.
 */
export function decode(form: Record<string, unknown>, sender: Sender): Inbound | undefined {
  const said = readSaid(form)
  const id = form.id ?? form.once
  if (said === undefined || typeof id !== 'string' || !idShape.test(id)) return undefined
  const externalId = form.id === undefined ? idWithoutScript(id, said, sender) : id
  return { channel: 'web', address: sender.address, externalId, ...said, at: sender.at }
}
