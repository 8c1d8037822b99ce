// Fetches a file that somebody sent. Its address holds the token: it is in no error and no log.
import { type Api, GrammyError } from 'grammy'
import { SendError } from '../channel.ts'
import { toSendError } from './errors.ts'

/** What fetching needs. */
export interface FetchOptions {
  api: Api
  token: string
  apiRoot: string
  /** How long one file may take, in ms. */
  timeoutMs?: number
}

/** How long one file may take unless something else is said: ten megabytes over a slow line. */
const usualTimeoutMs = 60_000

/** After so long a file that could not be had is worth another try, in ms. */
const retryMs = 3_000

/** The bytes of a file; undefined when there are more than `maxBytes`. Throws SendError. */
export async function fetchFile(
  { api, token, apiRoot, timeoutMs = usualTimeoutMs }: FetchOptions,
  handle: string,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const found = await api.getFile(handle).catch((error) => {
    if (error instanceof GrammyError && /too big/i.test(error.description)) return undefined
    throw toSendError(error)
  })
  if (!found || (found.file_size ?? 0) > maxBytes) return undefined
  if (!found.file_path) throw new SendError('unreachable', { retryMs })
  const address = `${apiRoot}/file/bot${token}/${found.file_path}`
  return download(address, { maxBytes, timeoutMs }).catch(() => {
    throw new SendError('unreachable', { retryMs })
  })
}

/** What is said of a file's size may be a lie: it is counted as it comes. */
async function download(
  address: string,
  { maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number },
): Promise<Buffer | undefined> {
  const answer = await fetch(address, {
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!answer.ok || !answer.body) throw new Error('no file')
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of answer.body) {
    size += piece.length
    if (size > maxBytes) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
