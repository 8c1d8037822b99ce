// The address that Telegram calls when it delivers by webhook.
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/** Answers a call, given its headers and raw body, with an HTTP status. */
export interface WebhookHandler {
  handle(headers: Headers, body: Uint8Array): Promise<number>
}

const maxBodyBytes = 1024 * 1024

/** A part of the site that hands calls of `url`'s path to the channel. */
export function telegramWebhook(url: string, { handle }: WebhookHandler): Hono {
  const app = new Hono()
  app.post(new URL(url).pathname, bodyLimit({ maxSize: maxBodyBytes }), async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    return new Response(null, { status: await handle(c.req.raw.headers, body) })
  })
  return app
}
