// The server hands on words and voice notes alone. A voice note of a kind of its own becomes a photo
// in the very moment in which the server enciphers it: all else about it is the server's.
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import {
  type BinaryNode,
  decodeDecompressedBinaryNode,
  encodeBinaryNode,
  proto,
} from '@whiskeysockets/baileys'
import * as constants from '@whiskeysockets/baileys/lib/WABinary/constants.js'

/** The kind of voice note that is a photo. */
export const photoMark = 'audio/as-photo'

/** What the server sends meanwhile under that mark goes out as a photo with these words under it. */
export async function withPhoto<T>(caption: string, send: () => Promise<T>): Promise<T> {
  const { createCipheriv } = crypto
  const enciphering = (...given: Parameters<typeof createCipheriv>) => {
    const cipher = createCipheriv(...given)
    const update = cipher.update.bind(cipher)
    const replaced = (data: Buffer) =>
      update(data.includes(photoMark) ? toPhoto(data, caption) : data)
    return Object.assign(cipher, { update: replaced })
  }
  Object.assign(crypto, { createCipheriv: enciphering })
  syncBuiltinESMExports()
  try {
    return await send()
  } finally {
    Object.assign(crypto, { createCipheriv })
    syncBuiltinESMExports()
  }
}

/** The same message to the same client, with another thing in it. */
function toPhoto(frame: Buffer, caption: string): Buffer {
  // The first byte says how the rest is packed: here, not at all.
  const node = decodeDecompressedBinaryNode(frame.subarray(1), constants)
  const photo = { url: 'https://mmg.whatsapp.net/x', mimetype: 'image/jpeg', caption }
  const content = proto.Message.encode({ imageMessage: photo }).finish()
  const [plain] = node.content as BinaryNode[]
  return encodeBinaryNode({ ...node, content: [{ ...plain, content } as BinaryNode] })
}
