// Villagers on WhatsApp's Cloud API: the fake as a platform.
import { createServer } from 'node:net'
import { encode } from '../../../src/channels/whatsapp-cloud/encode.ts'
import { checkMessage, seen } from '../fake-cloud-api/check.ts'
import { startFakeCloudApi } from '../fake-cloud-api.ts'
import type { Platform } from './platform.ts'

/** A Cloud API of its own that calls the program at a port that is free now. */
export async function startCloudForProgram() {
  const fake = await startFakeCloudApi({ tellsStatuses: true, retryMs: 200 })
  const port = await findFreePort()
  fake.deliveries.url = `http://127.0.0.1:${port}/whatsapp`
  return {
    fake,
    settings: {
      PORT: String(port),
      WHATSAPP: 'cloud',
      WHATSAPP_CLOUD_API_ROOT: fake.apiRoot,
      WHATSAPP_CLOUD_PHONE_ID: fake.phoneId,
      WHATSAPP_CLOUD_TOKEN: fake.token,
      WHATSAPP_CLOUD_APP_SECRET: fake.appSecret,
      WHATSAPP_CLOUD_VERIFY_TOKEN: 'kata_rahasia_kami',
    },
    close: () => fake.close(),
  }
}

/** Villagers on a Cloud API of their own. */
export async function startCloud(): Promise<Platform> {
  const { fake, settings, close } = await startCloudForProgram()
  const people = new Set<number>()
  const person = (number: number) => {
    people.add(number)
    return fake.person(number)
  }
  return {
    settings,
    address: (number) => person(number).userId,
    say: (number, words) => {
      const payload = person(number).say(words)
      return (times) => {
        for (let i = 0; i < times; i++) fake.deliveries.push(person(number).userId, payload)
      }
    },
    told: (number) => person(number).shown.map(({ text, at }) => ({ text, at })),
    toldAt: () =>
      [...people]
        .flatMap((number) => person(number).shown.map(({ at }) => at))
        .sort((a, b) => a - b),
    show: (message) =>
      encode(message, 'Pilihan')
        .map((content) =>
          checkMessage({ messaging_product: 'whatsapp', to: '62800000', ...content }),
        )
        .map((content) => seen('', content).text)
        .join('\n'),
    acked: () => [
      ...new Set(
        fake.deliveries.made
          .filter(({ status }) => status === 200)
          .flatMap(({ body }) => [...body.matchAll(/"messages":\[\{.*?"id":"([^"]+)"/g)])
          .map(([, id]) => id ?? ''),
      ),
    ],
    idOf: (externalId) => externalId,
    // People do not wait for each other here: what they say comes in any order already.
    reorder: () => undefined,
    close,
  }
}

/** A port that the program can have each time it starts again. */
async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
