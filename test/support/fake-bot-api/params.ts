// Reads a request's parameters as the Bot API does: query, form, multipart or JSON.
import type { IncomingMessage } from 'node:http'
import { badRequest, type Params } from './types.ts'

/** Reads all parameters; nested JSON in a form is parsed, uploaded files stay `File`s. */
export async function readParams(request: IncomingMessage, url: URL): Promise<Params> {
  const params: Params = Object.fromEntries(url.searchParams)
  const body = await readBody(request)
  const type = request.headers['content-type'] ?? ''
  if (body.length === 0) return params
  if (type.startsWith('application/json')) return { ...params, ...parseObject(body.toString()) }
  const form = type.startsWith('multipart/') ? parseMultipart(body, type) : parseForm(body)
  for (const [name, value] of form) params[name] = typeof value === 'string' ? nested(value) : value
  return attachFiles(params)
}

function parseForm(body: Buffer): Iterable<[string, string]> {
  return new URLSearchParams(body.toString())
}

/** Node's own reader of forms refuses what grammY writes and Telegram reads: no blank after `;`. */
function parseMultipart(body: Buffer, type: string): [string, string | File][] {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1]
  // Latin-1 keeps every byte one character, so that files come out as they went in.
  const parts = body.toString('latin1').split(`--${boundary}`).slice(1, -1)
  if (boundary === undefined || parts.length === 0) throw badRequest("can't parse the body")
  return parts.map(parsePart)
}

function parsePart(part: string): [string, string | File] {
  const end = part.indexOf('\r\n\r\n')
  const head = Buffer.from(part.slice(0, end), 'latin1').toString()
  const content = Buffer.from(part.slice(end + 4, -2), 'latin1')
  const name = /[; ]name="([^"]*)"/i.exec(head)?.[1]
  if (end < 0 || name === undefined) throw badRequest("can't parse a part of the body")
  const filename = /filename="?([^";\r\n]*)/i.exec(head)?.[1]
  return [name, filename === undefined ? content.toString() : new File([content], filename)]
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function parseObject(json: string): Params {
  try {
    const parsed: unknown = JSON.parse(json)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return parsed as Params
    }
  } catch {
    // The same answer as for JSON that is no object.
  }
  throw badRequest("can't parse JSON object")
}

function nested(value: string): unknown {
  if (!/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

/** `attach://name` stands for the file of that name. */
function attachFiles(params: Params): Params {
  const attached = new Set<string>()
  for (const [name, value] of Object.entries(params)) {
    if (typeof value !== 'string' || !value.startsWith('attach://')) continue
    const part = value.slice('attach://'.length)
    if (!(params[part] instanceof File)) throw badRequest('attached file not found')
    params[name] = params[part]
    attached.add(part)
  }
  for (const part of attached) delete params[part]
  return params
}
