// What goes with the words of a message: a picture or file of the flows, or a document made for it.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Document, Outbound } from '../core/message.ts'
import { SendError } from './channel.ts'

/** A picture or file, ready to be sent. */
export interface Attached {
  kind: 'picture' | 'file'
  name: string
  mime: string
  bytes: Buffer
  /** Where everybody is sent the same: what was uploaded once under it need not be again. */
  sharedAs?: string
}

/** Where attachments come from. */
export interface Attachments {
  /** Folder of the pictures and files that messages name. */
  filesDir?: string | undefined
  /** The bytes of a document; undefined when it is gone. */
  makeDocument?: ((document: Document) => Promise<Buffer | undefined>) | undefined
}

const mimes = new Map([
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.png', 'image/png'],
  ['.pdf', 'application/pdf'],
  ['.txt', 'text/plain'],
  ['.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
])

/** A document that could not be made now is tried again with its message after so long, in ms. */
const retryMs = 5_000

/**
 * What goes with a message. What is not there is left out: the words matter more. Throws SendError
 * when a document cannot be made just now.
 */
export async function findAttached(
  { filesDir, makeDocument }: Attachments,
  { picture, file, document }: Outbound,
): Promise<Attached | undefined> {
  if (document) {
    const bytes = await makeDocument?.(document).catch(() => {
      throw new SendError('unreachable', { retryMs })
    })
    const { source, id, name, mime, isPicture = false, isForAll } = document
    const shared = isForAll && { sharedAs: `${source} ${id}` }
    return bytes && { kind: isPicture ? 'picture' : 'file', name, mime, bytes, ...shared }
  }
  const named = picture ?? file
  if (named === undefined || filesDir === undefined) return undefined
  const name = path.basename(named)
  const bytes = await readFile(path.join(filesDir, name)).catch(() => undefined)
  const mime = mimes.get(path.extname(name).toLowerCase()) ?? 'application/octet-stream'
  const kind = picture === undefined ? 'file' : 'picture'
  return bytes && { kind, name, mime, bytes, sharedAs: name }
}
