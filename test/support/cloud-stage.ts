// A Cloud API channel on the fake, and what came of it: the stage of the channel's tests.
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import {
  createWhatsAppCloud,
  type WhatsAppCloud,
  type WhatsAppCloudOptions,
} from '../../src/channels/whatsapp-cloud/index.ts'
import type { Inbound, Outbound, Sending } from '../../src/core/message.ts'
import type { Templates } from '../../src/core/template.ts'
import { whatsappWebhook } from '../../src/web/whatsapp-webhook.ts'
import { type FakeCloudApi, startFakeCloudApi } from './fake-cloud-api.ts'

/** One stage belongs to one test. */
export interface CloudStage {
  fake: FakeCloudApi
  channel: WhatsAppCloud
  /** What the program kept. */
  kept: Inbound[]
  /** Which ids were said to be one person, and which became of messages. */
  known: { id: string; alsoKnownAs?: string }[]
  deliveries: object[]
  alarms: string[]
  logged: string[]
  /** As an answer to somebody who wrote just now, in the fake's time. */
  asReply(changes?: Partial<Sending>): Sending
  /** Sends, unless told otherwise, an answer to person 1. */
  send(message: Outbound, changes?: Partial<Sending>, to?: string): Promise<string>
  close(): Promise<void>
}

/** A word of ours that proves the address. */
export const verifyToken = 'kata_rahasia_kami'

/** Templates as an officer would write them down. */
export const someTemplates: Templates = {
  notice: {
    name: 'kabar',
    languages: { id: 'id', en: 'en_US' },
    parameters: ['operator', 'text'],
  },
}

/** Builds the stage with the channel started; the test closes it. */
export async function createCloudStage(
  options: Partial<WhatsAppCloudOptions> = {},
): Promise<CloudStage> {
  const fake = await startFakeCloudApi()
  const stage = { kept: [], known: [], deliveries: [], alarms: [], logged: [] } as Pick<
    CloudStage,
    'kept' | 'known' | 'deliveries' | 'alarms' | 'logged'
  >
  let skippedMs = 0
  const now = () => new Date(Date.now() + skippedMs)
  const skip = fake.skip
  fake.skip = (delayMs) => {
    skippedMs += delayMs
    skip(delayMs)
  }
  const note = (level: string) => (fields: object, message: string) =>
    void stage.logged.push(`${level} ${message} ${JSON.stringify(fields)}`)
  const channel = createWhatsAppCloud({
    apiRoot: fake.apiRoot,
    phoneId: fake.phoneId,
    token: fake.token,
    appSecret: fake.appSecret,
    verifyToken,
    perSecond: 60,
    templates: someTemplates,
    operator: 'Cabang Uji',
    listLabel: 'Pilihan',
    settleAddress: async (known) => {
      stage.known.push(known)
      return known.id
    },
    findReplyId: async (address) => address,
    noteDelivery: async (delivery) => void stage.deliveries.push(delivery),
    alarms: {
      raise: async (kind, detail) => void stage.alarms.push(`${kind} ${detail}`),
      close: async (kind) => void stage.alarms.push(`${kind} closed`),
    },
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    timeoutMs: 1_000,
    now,
    ...options,
  })
  await channel.start(async (inbounds) => void stage.kept.push(...inbounds))
  const server = createAdaptorServer({ fetch: whatsappWebhook(channel).fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  fake.deliveries.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const asReply = (changes: Partial<Sending> = {}): Sending => ({
    key: 'reply:1:0',
    class: 'reply',
    heardAt: now(),
    ...changes,
  })
  return {
    ...stage,
    fake,
    channel,
    asReply,
    send: (message, changes, to = fake.person(1).userId) =>
      channel.send(to, message, asReply(changes)),
    close: async () => {
      await channel.stop()
      await fake.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
