// Seals what people told us before it reaches the database: a stolen dump says nothing.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { must } from '../core/must.ts'
import { createRandom } from '../random.ts'
import { headBytes, nonceBytes, tagBytes } from './sealed-layout.ts'
import { createWordsCipher, type WordsCipher } from './words-cipher.ts'

/** A sealed value cannot be opened here. Says where it stands, never what is in it. */
export class SealError extends Error {}

/** One key of SECRET_KEY: its number, 1 to 255, and its bytes. */
export interface SecretKey {
  id: number
  bytes: Buffer
}

/** Seals, opens and finds again. Pure of any state but the keys. */
export interface Seal {
  /**
   * Seals with AES-256-GCM and the first key. `place` is `table.column:row key`: it opens nowhere
   * else.
   */
  seal(plain: string, place: string): Buffer
  /** The same with ChaCha20-Poly1305, which is quicker for short words: what talks consist of. */
  sealWords(plain: string, place: string): Buffer
  /** What was sealed for that place, under any key there is; else throws SealError. */
  open(sealed: Uint8Array, place: string): string
  /**
   * 16 bytes that are the same for the same value and kind, and tell nothing without the key.
   * Made with the last key, which therefore stays the last in the list when keys are changed.
   */
  blindIndex(kind: string, value: string): Buffer
}

/** The first byte of a sealed value: by which cipher it is to be opened. */
const version = { field: 1, words: 2 }
const indexBytes = 16

/** Makes a seal of keys as parseSecretKeys gives them: the newest first, the oldest last. */
export function createSeal(keys: SecretKey[]): Seal {
  const sealing = keys.map(createKeyed)
  const first = must(sealing[0], 'a seal without a key')
  const byId = new Map(sealing.map((keyed) => [keyed.id, keyed]))
  const indexKey = derive(must(keys.at(-1), 'a seal without a key').bytes, 'blind index')
  const nextNonce = createRandom(nonceBytes)
  const seal = (plain: string, place: string) => sealField(first, nextNonce(), plain, place)

  return {
    seal,
    sealWords: (plain, place) => first.words.seal(nextNonce(), plain, place) ?? seal(plain, place),
    open(sealed, place) {
      const keyed = byId.get(sealed[1] ?? 0)
      const open = openers.get(sealed[0] ?? 0)
      if (!open || !keyed || sealed.length < headBytes + tagBytes) {
        throw new SealError(`unknown seal or key at ${place.split(':')[0]}`)
      }
      const plain = open(keyed, sealed, place)
      if (plain === undefined) throw new SealError(`broken seal at ${place.split(':')[0]}`)
      return plain
    },
    blindIndex(kind, value) {
      const mac = createHmac('sha256', indexKey).update(`${kind}\0${value}`).digest()
      return mac.subarray(0, indexBytes)
    },
  }
}

/** A key as it is used: each use has one of its own. */
interface Keyed {
  id: number
  field: KeyObject
  words: WordsCipher
}

function createKeyed({ id, bytes }: SecretKey): Keyed {
  return {
    id,
    field: derive(bytes, 'seal'),
    words: createWordsCipher(derive(bytes, 'seal words').export(), [version.words, id]),
  }
}

function sealField({ id, field }: Keyed, nonce: Buffer, plain: string, place: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', field, nonce)
  cipher.setAAD(Buffer.from(place))
  const body = cipher.update(plain, 'utf8')
  cipher.final()
  return Buffer.concat([Buffer.of(version.field, id), nonce, body, cipher.getAuthTag()])
}

/** Opens a whole sealed value; undefined when the seal is broken. */
type Open = (keyed: Keyed, sealed: Uint8Array, place: string) => string | undefined

const openers = new Map<number, Open>([
  [version.field, openField],
  [version.words, ({ words }, sealed, place) => words.open(sealed, place)],
])

function openField({ field }: Keyed, sealed: Uint8Array, place: string): string | undefined {
  const bodyEnd = sealed.length - tagBytes
  const decipher = createDecipheriv('aes-256-gcm', field, sealed.subarray(2, headBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(sealed.subarray(bodyEnd))
  const plain = decipher.update(sealed.subarray(headBytes, bodyEnd))
  try {
    decipher.final()
  } catch {
    return undefined
  }
  return plain.toString('utf8')
}

/**
 * Reads SECRET_KEY: one key, or `id:key` several times with commas between, the one to seal with
 * first. A key is 32 bytes or more in hex or base64. Throws an Indonesian sentence without the key.
 */
export function parseSecretKeys(text: string): SecretKey[] {
  const keys = text.split(',').map((each, i) => parseKey(each.trim(), i + 1))
  if (new Set(keys.map((each) => each.id)).size < keys.length) {
    throw new Error('SECRET_KEY: dua kunci bernomor sama. Beri setiap kunci nomor sendiri.')
  }
  return keys
}

function parseKey(text: string, position: number): SecretKey {
  const [, id = '1', key = ''] = /^(?:(\d{1,3}):)?([^:]*)$/.exec(text) ?? []
  const isHex = /^(?:[0-9a-f]{2})+$/i.test(key)
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(key)
  const bytes = Buffer.from(key, isHex ? 'hex' : 'base64')
  if ((!isHex && !isBase64) || bytes.length < 32 || Number(id) < 1 || Number(id) > 255) {
    throw new Error(
      `SECRET_KEY: kunci ke-${position} tidak bisa dipakai. Tulis sedikitnya 32 byte acak dalam ` +
        'hex atau base64 (buat dengan "openssl rand -hex 32"); bila lebih dari satu: ' +
        '"2:kunci-baru,1:kunci-lama", nomor 1 sampai 255.',
    )
  }
  return { id: Number(id), bytes }
}

/** Each use has a key of its own, so that none tells anything about another. */
function derive(bytes: Buffer, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', bytes, '', `sapa-desa ${use}`, 32)))
}
