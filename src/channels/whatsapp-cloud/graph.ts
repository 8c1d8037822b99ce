// Calls of the Graph API for one phone number: its messages and its media.
import { z } from 'zod'

/** The version of the Graph API that this channel was written for. */
const version = 'v25.0'

/** A call that takes longer than this is given up, in ms: nobody knows what became of it. */
const usualTimeoutMs = 15_000

const failure = z.object({
  error: z.object({ code: z.int(), error_subcode: z.int().optional() }),
})

/** The platform answered, and not with success. */
export class GraphRefusal extends Error {
  /** The HTTP status. */
  readonly status: number
  /** The platform's own code; undefined when the answer was none of its own. */
  readonly code: number | undefined
  readonly subcode: number | undefined

  constructor(status: number, body: unknown) {
    const { data } = failure.safeParse(body)
    super(`the Graph API refused: ${data?.error.code ?? `HTTP ${status}`}`)
    this.status = status
    this.code = data?.error.code
    this.subcode = data?.error.error_subcode
  }
}

/** Where and as whom to call. */
export interface GraphOptions {
  /** Without a slash at its end, e.g. `https://graph.facebook.com`. */
  apiRoot: string
  phoneId: string
  token: string
  timeoutMs?: number | undefined
}

/** The two things that this channel asks of the platform. */
export interface Graph {
  /** Sends a message; resolves with its id. Throws GraphRefusal or what `fetch` throws. */
  postMessage(message: object): Promise<string>
  /** Uploads a file; resolves with its media id. Throws as postMessage does. */
  uploadMedia(file: { name: string; type: string; content: Uint8Array }): Promise<string>
}

const sent = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) })
const uploaded = z.object({ id: z.string().min(1) })

/** Makes the calls of one phone number. Connections are kept open between calls. */
export function createGraph(options: GraphOptions): Graph {
  const root = `${options.apiRoot.replace(/\/+$/, '')}/${version}/${options.phoneId}`
  async function post<T>(path: string, init: RequestInit, shape: z.ZodType<T>): Promise<T> {
    const response = await fetch(`${root}/${path}`, {
      ...init,
      method: 'POST',
      headers: { ...init.headers, authorization: `Bearer ${options.token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs ?? usualTimeoutMs),
    })
    const body: unknown = await response.json().catch(() => undefined)
    const read = shape.safeParse(body)
    if (!response.ok || !read.success) throw new GraphRefusal(response.status, body)
    return read.data
  }
  return {
    postMessage: async (message) => {
      const body = JSON.stringify({ messaging_product: 'whatsapp', ...message })
      const headers = { 'content-type': 'application/json' }
      return (await post('messages', { body, headers }, sent)).messages[0]?.id ?? ''
    },
    uploadMedia: async ({ name, type, content }) => {
      const form = new FormData()
      form.set('messaging_product', 'whatsapp')
      form.set('type', type)
      form.set('file', new Blob([content], { type }), name)
      return (await post('media', { body: form }, uploaded)).id
    },
  }
}
