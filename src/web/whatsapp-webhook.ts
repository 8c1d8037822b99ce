// The address that WhatsApp's Cloud API calls.
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'

interface Answer {
  status: number
  text?: string
}

/** Answers the platform's calls; bodies are raw. */
export interface WhatsAppWebhook {
  prove(query: URLSearchParams): Answer
  handle(headers: Headers, body: Uint8Array): Promise<Answer>
}

/** The platform sends no larger body, in bytes. */
const maxBodyBytes = 3 * 1024 * 1024

/** A part of the site that hands the platform's calls to the channel. */
export function whatsappWebhook(webhook: WhatsAppWebhook): Hono {
  const app = new Hono()
  app.get('/', (c) => toResponse(webhook.prove(new URL(c.req.url).searchParams)))
  app.post('/', bodyLimit({ maxSize: maxBodyBytes }), async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    return toResponse(await webhook.handle(c.req.raw.headers, body))
  })
  return app
}

function toResponse({ status, text }: Answer): Response {
  const headers = { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' }
  return new Response(text ?? null, { status, headers })
}
