// Sealing: what goes in comes out, only in its own place, only with its key.
import { createDecipheriv, hkdfSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/registry/database.ts'
import { proveKey, WrongKeyError } from '../../src/registry/key-proof.ts'
import { createSeal, parseSecretKeys, type Seal, SealError } from '../../src/registry/seal.ts'
import { keepSecretKey } from '../../src/registry/secret-key.ts'
import { freshDatabase } from '../support/postgres.ts'

const oldKey = { id: 1, bytes: Buffer.alloc(32, 'old') }
const newKey = { id: 2, bytes: Buffer.alloc(32, 'new') }
const seal = createSeal([oldKey])

const ways = [
  ['fields', (by: Seal) => by.seal],
  ['words', (by: Seal) => by.sealWords],
] as const

describe.each(ways)('a sealed value: %s', (_, wayOf) => {
  const sealIt = wayOf(seal)

  it('opens to what was sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, place) => {
        expect(seal.open(sealIt(plain, place), place)).toBe(plain)
      }),
    )
  })

  it('opens nowhere else', () => {
    const sealed = sealIt('Siti', 'person.name:7')
    for (const place of ['person.name:8', 'person.mother_name:7', '']) {
      expect(() => seal.open(sealed, place)).toThrow(SealError)
    }
  })

  it('does not open when one bit of it is changed', () => {
    const sealed = sealIt('Siti', 'person.name:7')
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const changed = Buffer.from(sealed)
        changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        expect(() => seal.open(changed, 'person.name:7')).toThrow(SealError)
      }),
    )
  })

  it('does not open when it is cut short, and needs no luck for that', () => {
    const sealed = sealIt('Siti', 'person.name:7')
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => seal.open(sealed.subarray(0, length), 'person.name:7')).toThrow(SealError)
    }
  })

  it('shows neither itself nor its row in the error', () => {
    const stranger = createSeal([{ id: 1, bytes: Buffer.alloc(32, 'stranger') }])
    const sealed = sealIt('Siti Aminah', 'inbound.words:6281200000001')
    try {
      stranger.open(sealed, 'inbound.words:6281200000001')
      expect.unreachable('a stranger opened it')
    } catch (error) {
      const text = String(error instanceof Error && (error.stack ?? error.message))
      expect(text).toContain('inbound.words')
      expect(text).not.toMatch(/Siti|6281200000001/)
    }
  })

  it('is never the same twice, over several draws of nonces', () => {
    const many = Array.from({ length: 3000 }, () => sealIt('ya', 'x').toString('hex'))
    expect(new Set(many.map((each) => each.slice(4, 28))).size).toBe(3000)
  })
})

const options = { authTagLength: 16 }
const standards = [
  ['fields', seal.seal, 'seal', (...of: Of) => createDecipheriv('aes-256-gcm', ...of, options)],
  [
    'words',
    seal.sealWords,
    'seal words',
    (...of: Of) => createDecipheriv('chacha20-poly1305', ...of, options),
  ],
] as const
type Of = [key: Buffer, nonce: Buffer]

it.each(standards)('%s are sealed as the standard says', (_, sealIt, use, decipherOf) => {
  const sealed = sealIt('Siti Aminah \u{1f33e}', 'inbound.words:7')
  const key = Buffer.from(hkdfSync('sha256', oldKey.bytes, '', `sapa-desa ${use}`, 32))
  const decipher = decipherOf(key, sealed.subarray(2, 14))
  decipher.setAAD(Buffer.from('inbound.words:7'), { plaintextLength: sealed.length - 30 })
  decipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([decipher.update(sealed.subarray(14, -16)), decipher.final()])
  expect(plain.toString()).toBe('Siti Aminah \u{1f33e}')
})

it('words of any length are sealed, and one kind never opens as the other', () => {
  for (const length of [0, 1, 63, 64, 65, 21_845, 21_846, 200_000]) {
    const words = '\u20ac'.repeat(length)
    expect(seal.open(seal.sealWords(words, 'p'), 'p')).toBe(words)
  }
  const place = 'p'.repeat(5_000)
  expect(seal.open(seal.sealWords('ya', place), place)).toBe('ya')
  for (const [sealed, other] of [
    [seal.seal('ya', 'p'), 2],
    [seal.sealWords('ya', 'p'), 1],
  ] as const) {
    sealed[0] = other
    expect(() => seal.open(sealed, 'p')).toThrow(SealError)
  }
})

describe('a changed key', () => {
  const rotated = createSeal([newKey, oldKey])

  it('still opens what the old one sealed, and seals with the new one', () => {
    expect(rotated.open(seal.seal('Siti', 'p'), 'p')).toBe('Siti')
    expect(() => seal.open(rotated.seal('Siti', 'p'), 'p')).toThrow(SealError)
  })

  it('is taken by the database only with the first one after it', async () => {
    const { pool, close } = openDatabase(await freshDatabase())
    await proveKey(pool, seal)
    await proveKey(pool, seal)
    await proveKey(pool, rotated)
    for (const keys of [[newKey], [oldKey, newKey]]) {
      await expect(proveKey(pool, createSeal(keys))).rejects.toThrow(WrongKeyError)
    }
    await close()
  })

  it('leaves the blind index as it was', () => {
    expect(rotated.blindIndex('nik', '1')).toEqual(seal.blindIndex('nik', '1'))
    expect(createSeal([newKey]).blindIndex('nik', '1')).not.toEqual(seal.blindIndex('nik', '1'))
  })
})

it('a blind index is the same only for the same kind and value', () => {
  fc.assert(
    fc.property(fc.tuple(fc.string(), fc.string()), fc.tuple(fc.string(), fc.string()), (a, b) => {
      fc.pre(!a[0].includes('\0') && !b[0].includes('\0'))
      const isSame = a[0] === b[0] && a[1] === b[1]
      expect(seal.blindIndex(...a).equals(seal.blindIndex(...b))).toBe(isSame)
    }),
  )
  expect(seal.blindIndex('nik', '1')).toHaveLength(16)
})

describe('SECRET_KEY', () => {
  const hex = 'ab'.repeat(32)
  const base64 = Buffer.alloc(33, 0xfb).toString('base64')
  const base64url = Buffer.alloc(33, 0xfb).toString('base64url')

  it.each([
    [hex, [[1, 32]]],
    [base64, [[1, 33]]],
    [base64url, [[1, 33]]],
    [`7:${hex}`, [[7, 32]]],
    [
      ` 2:${base64} , 1:${hex} `,
      [
        [2, 33],
        [1, 32],
      ],
    ],
  ])('form %# is understood', (text, expected) => {
    expect(parseSecretKeys(text).map((each) => [each.id, each.bytes.length])).toEqual(expected)
  })

  it.each([
    ['nothing', ''],
    ['a password', 'rahasia sekali, jangan dibagi'],
    ['16 bytes', 'ab'.repeat(16)],
    ['a number too high', `256:${'ab'.repeat(32)}`],
    ['a number twice', `1:${'ab'.repeat(32)},1:${'cd'.repeat(32)}`],
    ['two without numbers', `${'ab'.repeat(32)},${'cd'.repeat(32)}`],
    ['an empty end', `1:${'ab'.repeat(32)},`],
  ])('%s is refused in a sentence that does not repeat it', (_, text) => {
    expect(() => parseSecretKeys(text)).toThrow(/^SECRET_KEY: /)
    expect(() => parseSecretKeys(text)).not.toThrow(/abab|rahasia/)
  })
})

describe('secret.key', () => {
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'sapa-desa-key-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true }))

  it('is made once, for its owner alone', () => {
    const first = keepSecretKey(dataDir)
    expect(keepSecretKey(dataDir)).toBe(first)
    expect(parseSecretKeys(first)).toHaveLength(1)
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600)
    expect(readdirSync(dataDir)).toEqual(['secret.key'])
  })

  it('is never replaced, not even when it is broken', () => {
    writeFileSync(join(dataDir, 'secret.key'), 'abc\n')
    expect(() => keepSecretKey(dataDir)).toThrow(/rusak.*cadangan/)
    expect(readFileSync(join(dataDir, 'secret.key'), 'utf8')).toBe('abc\n')
  })
})
