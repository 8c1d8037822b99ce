// The settings: what is read, and what stops the start with a sentence that helps.
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../src/config.ts'

test('nothing is needed', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ PORT: 3000, ROLE: 'all', LOG_LEVEL: 'info' })
  expect(config.DATA_DIR).toMatch(/\/data$/)
  expect(config.DATABASE_URL).toBeUndefined()
})

test('an empty value counts as none', () => {
  expect(readConfig({ PORT: '', TELEGRAM_BOT_TOKEN: '' })).toMatchObject({ PORT: 3000 })
})

const key = Buffer.alloc(32, 7).toString('base64')

test.each([
  ['PORT', 'tiga ribu'],
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://localhost/sapa'],
  ['REDIS_URL', 'localhost:6379'],
  ['SECRET_KEY', 'pendek'],
  ['SECRET_KEY', `1:${key},2:pendek`],
  ['PUBLIC_URL', 'sapa.example.id'],
  ['TELEGRAM_BOT_TOKEN', 'bukan-token'],
  ['TELEGRAM_WEBHOOK_URL', 'http://sapa.example.id/telegram'],
  ['WHATSAPP', 'telegram'],
  ['WHATSAPP_PHONE', '0812-3456'],
  ['WHATSAPP_PHONE', '081234567890'],
  ['WHATSAPP_WS_URL', 'https://web.whatsapp.com'],
  ['WHATSAPP_WS_URL', 'ws://web.whatsapp.com/ws/chat'],
  ['WHATSAPP_WS_URL', 'ws://127.0.0.1.example.id/ws'],
  ['WHATSAPP_DAILY_CAP', '-1'],
  ['RATES_ON', '1 Januari 2027'],
  ['RATES_ON', '2027-02-30'],
  ['ROLE', 'boss'],
  ['LOG_LEVEL', 'loud'],
  ['WEB_CHAT', 'mungkin'],
  ['WHATSAPP', 'yes'],
  ['WHATSAPP_CLOUD_PHONE_ID', '+62 811'],
  ['WHATSAPP_CLOUD_TOKEN', 'dua kata yang panjang sekali'],
  ['WHATSAPP_CLOUD_APP_SECRET', 'pendek'],
  ['WHATSAPP_CLOUD_VERIFY_TOKEN', 'pendek'],
  ['WHATSAPP_CLOUD_API_ROOT', 'graph.facebook.com'],
  ['WHATSAPP_CLOUD_RATE', '0'],
  ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
])('%s=%s is refused by name, without the value', (name, value) => {
  const read = () => readConfig({ [name]: value })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(`- ${name}: `)
  if (/KEY|TOKEN|SECRET/.test(name)) expect(read).not.toThrow(value)
})

test('every problem is told at once', () => {
  const read = () => readConfig({ PORT: 'x', ROLE: 'y', WEB_CHAT: 'z' })
  for (const name of ['PORT', 'ROLE', 'WEB_CHAT']) expect(read).toThrow(name)
})

test('a webhook needs a secret, an own database a key', () => {
  const webhook = { TELEGRAM_WEBHOOK_URL: 'https://sapa.example.id/t' }
  expect(() => readConfig(webhook)).toThrow('TELEGRAM_WEBHOOK_SECRET')
  const secret = { TELEGRAM_WEBHOOK_SECRET: 'a'.repeat(20) }
  expect(readConfig({ ...webhook, ...secret })).toMatchObject({ ...webhook, ...secret })
  const database = { DATABASE_URL: 'postgres://sapa@localhost/sapa' }
  expect(() => readConfig(database)).toThrow('SECRET_KEY')
  expect(readConfig({ ...database, SECRET_KEY: key })).toMatchObject({ SECRET_KEY: key })
})

test('a phone is linked only by whoever was told the terms', () => {
  const bare = () => readConfig({ WHATSAPP: 'baileys' })
  expect(bare).toThrow('- WHATSAPP_ACCEPT_RISK: ')
  expect(bare).toThrow('Ketentuan WhatsApp melarang')
  expect(bare).toThrow('diblokir')
  expect(() => readConfig({ WHATSAPP: 'baileys', WHATSAPP_ACCEPT_RISK: 'no' })).toThrow(ConfigError)
  const accepted = readConfig({ WHATSAPP: 'baileys', WHATSAPP_ACCEPT_RISK: 'yes' })
  expect(accepted).toMatchObject({ WHATSAPP: ['baileys'], WHATSAPP_DAILY_CAP: 20 })
})

test('a server without TLS may only be on this machine', () => {
  const here = { WHATSAPP_WS_URL: 'ws://127.0.0.1:4000/ws' }
  expect(readConfig(here)).toMatchObject(here)
})

test.each([
  'WHATSAPP_CLOUD_PHONE_ID',
  'WHATSAPP_CLOUD_TOKEN',
  'WHATSAPP_CLOUD_APP_SECRET',
  'WHATSAPP_CLOUD_VERIFY_TOKEN',
])('the Cloud API does not start without %s', (name) => {
  const cloud = {
    WHATSAPP: 'cloud',
    WHATSAPP_CLOUD_PHONE_ID: '100000000000001',
    WHATSAPP_CLOUD_TOKEN: 'EAAinvented-token-of-nobody',
    WHATSAPP_CLOUD_APP_SECRET: '0123456789abcdef0123456789abcdef',
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'kata_rahasia_kami',
  }
  expect(readConfig(cloud)).toMatchObject({
    ...cloud,
    WHATSAPP: ['cloud'],
    WHATSAPP_CLOUD_RATE: 60,
  })
  // While a number moves from one way to the other, both are on.
  const both = { ...cloud, WHATSAPP: 'baileys, cloud', WHATSAPP_ACCEPT_RISK: 'yes' }
  expect(readConfig(both).WHATSAPP).toEqual(['baileys', 'cloud'])
  expect(() => readConfig({ ...cloud, [name]: '' })).toThrow(`- ${name}: wajib diisi`)
  // Of what is not switched on, nothing is wanted.
  expect(readConfig({ ...cloud, [name]: '', WHATSAPP: '' })).toBeDefined()
})
