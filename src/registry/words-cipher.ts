// ChaCha20-Poly1305 (RFC 8439) in WebAssembly, for what is sealed and opened at every turn: a
// cipher of Node costs several times as much to make as short words cost to seal.
import { randomBytes } from 'node:crypto'
import startSodium from 'libsodium'
import { must } from '../core/must.ts'
import { headBytes, nonceBytes, tagBytes } from './sealed-layout.ts'

/** Seals with one key. */
export interface WordsCipher {
  /** A whole sealed value; undefined where the words or the place are too long. */
  seal(nonce: Buffer, plain: string, place: string): Buffer | undefined
  /** What a whole sealed value holds for this place; undefined when it does not open. */
  open(sealed: Uint8Array, place: string): string | undefined
}

/** Longest words and longest place in bytes of UTF-8. */
const wordsBytes = 65_536
const placeBytes = 4_096
/** One UTF-16 unit is at most so many bytes of UTF-8. */
const unitBytes = 3

const sodium = await startSodium({ getRandomValue: () => randomBytes(4).readUInt32LE() })
must(sodium._sodium_init() === 0, 'libsodium at work')
const {
  _crypto_aead_chacha20poly1305_ietf_encrypt: encrypt,
  _crypto_aead_chacha20poly1305_ietf_decrypt: decrypt,
} = sodium

const allocate = (bytes: number) => must(sodium._malloc(bytes) || null, 'memory to seal in')

// Where things lie in its memory; a sealed value as it is kept. Of what a call leaves there only
// the keys are used again.
const headAt = allocate(headBytes + wordsBytes + tagBytes)
const sealedAt = headAt + headBytes
const nonceAt = sealedAt - nonceBytes
const plainAt = allocate(wordsBytes)
const placeAt = allocate(placeBytes)

/** Makes the cipher of a key of 32 bytes; `marks` are version and key id of what it seals. */
export function createWordsCipher(
  key: Buffer,
  marks: [version: number, keyId: number],
): WordsCipher {
  const keyAt = allocate(key.length)
  look().set(key, keyAt)
  return {
    seal(nonce, plain, place) {
      if (plain.length * unitBytes > wordsBytes || isTooLong(place)) return
      const memory = look()
      memory.set(marks, headAt)
      memory.set(nonce, nonceAt)
      const length = memory.write(plain, plainAt)
      const placeLength = memory.write(place, placeAt)
      encrypt(sealedAt, 0, plainAt, length, 0, placeAt, placeLength, 0, 0, nonceAt, keyAt)
      return Buffer.from(memory.subarray(headAt, sealedAt + length + tagBytes))
    },
    open(sealed, place) {
      const length = sealed.length - headBytes
      if (length < tagBytes || length > wordsBytes + tagBytes || isTooLong(place)) return
      const memory = look()
      memory.set(sealed, headAt)
      const placeLength = memory.write(place, placeAt)
      if (decrypt(plainAt, 0, 0, sealedAt, length, 0, placeAt, placeLength, 0, nonceAt, keyAt))
        return
      return memory.toString('utf8', plainAt, plainAt + length - tagBytes)
    },
  }
}

function isTooLong(place: string): boolean {
  return place.length * unitBytes > placeBytes
}

let memory = Buffer.alloc(0)

/** Its memory as bytes; another piece whenever it had to grow. */
function look(): Buffer {
  const { buffer } = sodium.HEAPU8
  if (memory.buffer !== buffer) memory = Buffer.from(buffer)
  return memory
}
