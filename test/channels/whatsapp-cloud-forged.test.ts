// Forged calls of the Cloud API's webhook in the real program: only the right one changes a row.
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type Program, startProgram } from '../../src/program.ts'
import { verifyToken } from '../support/cloud-stage.ts'
import { sign } from '../support/fake-cloud-api/deliveries.ts'
import { payloadOf } from '../support/fake-cloud-api/person.ts'
import { loadHome } from '../support/home.ts'
import { freshDatabase } from '../support/postgres.ts'

const secret = '0123456789abcdef0123456789abcdef'
const phoneId = '100000000000001'

/** A call as an attacker may make it. */
interface Call {
  body?: string | Uint8Array
  headers?: Record<string, string>
  method?: string
  path?: string
}

const payload = payloadOf(phoneId, {
  contacts: [{ profile: { name: 'Siti 🌺' }, wa_id: '6280000000011' }],
  messages: [
    {
      from: '6280000000011',
      id: 'wamid.1',
      timestamp: '1795248000',
      type: 'text',
      text: { body: 'halo 🙏 é "a/b"' },
    },
  ],
})
// As the platform writes it: everything outside ASCII and each slash is escaped.
const body = JSON.stringify(payload)
  .replaceAll('/', '\\/')
  .replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
const right = sign(secret, body)
const digest = right.slice('sha256='.length)
const by = (key: string, what: string | Uint8Array = body, kind = 'sha256') =>
  createHmac(kind, key).update(what).digest('hex')
const signed = (signature: string): Call => ({ headers: { 'x-hub-signature-256': signature } })
const changed = (text: string): Call => ({ ...signed(right), body: text })
const swap = (at: number) =>
  `${digest.slice(0, at)}${digest[at] === '0' ? '1' : '0'}${digest.slice(at + 1)}`

const forged: [what: string, call: Call][] = [
  ['no signature', {}],
  ['an empty one', signed('')],
  ['its name only', signed('sha256=')],
  ['zeros', signed(`sha256=${'0'.repeat(64)}`)],
  ['anything', signed(`sha256=${randomBytes(32).toString('hex')}`)],
  ['its beginning', signed(right.slice(0, -1))],
  ['half of it', signed(right.slice(0, 39))],
  ['more than it', signed(`${right}0`)],
  ['it twice', signed(`${right}, ${right}`)],
  ['it with a wrong one before it', signed(`sha256=${'0'.repeat(64)},${right}`)],
  ['its first letter changed', signed(`sha256=${swap(0)}`)],
  ['its last letter changed', signed(`sha256=${swap(63)}`)],
  ['it in capitals', signed(`sha256=${digest.toUpperCase()}`)],
  ['its name in capitals', signed(`SHA256=${digest}`)],
  ['it without its name', signed(digest)],
  ['it with another name', signed(`sha1=${digest}`)],
  ['it in base64', signed(`sha256=${Buffer.from(digest, 'hex').toString('base64')}`)],
  ['quotes around it', signed(`"${right}"`)],
  ['a space in it', signed(`sha256= ${digest}`)],
  ['sha1', signed(`sha1=${by(secret, body, 'sha1')}`)],
  ['sha1 under its name', signed(`sha256=${by(secret, body, 'sha1')}`)],
  ['sha512 under its name', signed(`sha256=${by(secret, body, 'sha512')}`)],
  ['another secret', signed(`sha256=${by('0123456789abcdef0123456789abcdee')}`)],
  ['an empty secret', signed(`sha256=${by('')}`)],
  ['the secret in capitals', signed(`sha256=${by(secret.toUpperCase())}`)],
  ['the secret as bytes', signed(`sha256=${by(Buffer.from(secret, 'hex').toString('latin1'))}`)],
  ['the verify token as secret', signed(`sha256=${by(verifyToken)}`)],
  ['the phone’s id as secret', signed(`sha256=${by(phoneId)}`)],
  ['a plain hash', signed(`sha256=${by('', body)}`)],
  ['the old header', { headers: { 'x-hub-signature': right } }],
  ['it in the query', { path: `/whatsapp?x-hub-signature-256=${right}` }],
  ['JSON written anew', changed(JSON.stringify(payload))],
  ['the emoji as itself', changed(body.replace('\\ud83d\\ude4f', '🙏'))],
  ['a letter changed', changed(body.replace('halo', 'hal0'))],
  ['another id', changed(body.replace('wamid.1', 'wamid.2'))],
  ['a line break at the end', changed(`${body}\n`)],
  ['a space before it', changed(` ${body}`)],
  ['its last byte gone', changed(body.slice(0, -1))],
  ['a mark at its beginning', changed(`\uFEFF${body}`)],
  ['PUT', { ...signed(right), method: 'PUT' }],
  ['another path', { ...signed(right), path: '/whatsapp/x' }],
]

let program: Program
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'webhook-'))
  const databaseUrl = await freshDatabase()
  await loadHome(databaseUrl)
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    SECRET_KEY: randomBytes(32).toString('base64'),
    DATA_DIR: folder,
    PORT: '0',
    LOG_LEVEL: 'silent',
    WHATSAPP: 'cloud',
    WHATSAPP_CLOUD_API_ROOT: 'http://127.0.0.1:1',
    WHATSAPP_CLOUD_PHONE_ID: phoneId,
    WHATSAPP_CLOUD_TOKEN: 'EAAinvented-token-of-nobody',
    WHATSAPP_CLOUD_APP_SECRET: secret,
    WHATSAPP_CLOUD_VERIFY_TOKEN: verifyToken,
  })
  program = await startProgram(config, () => undefined)
})
afterAll(async () => {
  await program?.stop()
  rmSync(folder, { recursive: true })
})

async function call({ path = '/whatsapp', ...given }: Call): Promise<number> {
  const init = { method: 'POST', body, ...given }
  const response = await fetch(`http://127.0.0.1:${program.port}${path}`, init)
  await response.arrayBuffer()
  return response.status
}
async function countRows(): Promise<object> {
  const { rows } = await program.runtime.db.pool.query(
    `SELECT (SELECT count(*)::int FROM address) AS addresses,
            (SELECT count(*)::int FROM inbound) AS inbounds,
            (SELECT count(*)::int FROM outbound) AS outbounds`,
  )
  return rows[0]
}
const nothing = { addresses: 0, inbounds: 0, outbounds: 0 }

test.each(forged)('%s changes nothing', async (_what, given) => {
  const status = await call(given)
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
  expect(await countRows()).toEqual(nothing)
})

test('there are forty of them', () => {
  expect(forged.length).toBeGreaterThanOrEqual(40)
})

test('the right one is kept, once', async () => {
  expect(await countRows()).toEqual(nothing)
  expect(await call(signed(right))).toBe(200)
  const kept = await countRows()
  expect(kept).toMatchObject({ addresses: 1, inbounds: 1 })
  expect(await call(signed(right))).toBe(200)
  expect(await countRows()).toEqual(kept)
})

test('the state stands at /readyz', async () => {
  const response = await fetch(`http://127.0.0.1:${program.port}/readyz`)
  expect(await response.json()).toHaveProperty('whatsapp-cloud')
})

test('what is too large is not even read', async () => {
  const large = `{"a":"${'a'.repeat(3 * 1024 * 1024)}"}`
  expect(await call({ body: large, ...signed(sign(secret, large)) })).toBe(413)
})
