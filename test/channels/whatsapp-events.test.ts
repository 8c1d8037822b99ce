// What the client's events become at the port, with the client's own event buffer.
import { EventEmitter } from 'node:events'
import { makeEventBuffer, type WASocket } from '@whiskeysockets/baileys'
import { expect, it } from 'vitest'
import { listenTo } from '../../src/channels/whatsapp/events.ts'
import type { WaListener } from '../../src/channels/whatsapp/port.ts'

const silence = () => undefined
const silent = {
  level: 'silent',
  child: () => silent,
  trace: silence,
  debug: silence,
  info: silence,
  warn: silence,
  error: silence,
}

function stage(isOurs = true) {
  const told: unknown[][] = []
  const names = 'messages call ack delivery sameId timeLock qr opened closed'.split(' ')
  const listener = Object.fromEntries(
    names.map((name) => [name, (...words: unknown[]) => void told.push([name, ...words])]),
  ) as unknown as WaListener
  const ev = makeEventBuffer(silent)
  const ws = new EventEmitter()
  listenTo({ ev, ws } as unknown as WASocket, listener, () => isOurs)
  return { told, ev, ws }
}

const failure = (message: string, statusCode?: number) =>
  Object.assign(new Error(message), statusCode ? { output: { statusCode } } : {})

function endWith(error: Error | undefined) {
  const { told, ev } = stage()
  ev.emit('connection.update', { connection: 'close', lastDisconnect: { error, date: new Date() } })
  return told
}

it('messages and ticks are told at once, though the client holds its events back', () => {
  const { told, ev } = stage()
  ev.buffer()
  const message = { key: { id: 'A', remoteJid: 'x' } }
  ev.emit('messages.upsert', { messages: [message], type: 'append' })
  const key = { id: 'B', fromMe: true }
  ev.emit('messages.update', [{ key, update: { status: 3, messageTimestamp: 1_795_300_000 } }])
  expect(told).toEqual([
    ['messages', [message]],
    ['ack', { messageId: 'B' }],
    ['delivery', { messageId: 'B', state: 'delivered', at: new Date('2026-11-21T22:26:40.000Z') }],
  ])
  ev.flush()
  expect(told).toHaveLength(3)
})

it('read and played are read; what others sent, and what is no tick, is nothing', () => {
  const { told, ev } = stage()
  const update = (status: number, fromMe = true) =>
    ev.emit('messages.update', [{ key: { id: 'B', fromMe }, update: { status } }])
  update(4)
  update(5)
  update(2)
  update(1)
  update(0)
  update(4, false)
  ev.emit('messages.update', [{ key: { id: 'B', fromMe: true }, update: { starred: true } }])
  const seen = told.map(([name, word]) => [name, (word as { state?: string }).state])
  expect(seen).toEqual([
    ['ack', undefined],
    ['delivery', 'read'],
    ['ack', undefined],
    ['delivery', 'read'],
    ['ack', undefined],
  ])
})

it('the plain acknowledgement of the server, and its refusals', () => {
  const { told, ws } = stage()
  ws.emit('CB:ack,class:message', { attrs: { id: 'A' } })
  ws.emit('CB:ack,class:message', { attrs: { id: 'B', error: '463' } })
  ws.emit('CB:ack,class:message', { attrs: {} })
  expect(told).toEqual([
    ['ack', { messageId: 'A' }],
    ['ack', { messageId: 'B', error: '463' }],
  ])
})

it.each([
  ['a ban', failure('Connection Failure', 403), 403],
  ['a stream error', failure('Stream Errored (conflict)', 440), 440],
  // A hotel's network that answers for WhatsApp must not look like a ban.
  ['an HTTP answer in between', failure('WebSocket Error (Unexpected: 403)', 403), 428],
  ['an error without a code', failure('noise'), 428],
  ['no error at all', undefined, 428],
])('the end by %s', (_, error, code) => {
  expect(endWith(error)).toEqual([['closed', code]])
})

it('an end that we made ourselves is not told', () => {
  const { told, ev } = stage(false)
  ev.emit('connection.update', { connection: 'close' })
  expect(told).toEqual([])
})

it('codes, the opening, a lock on new chats', () => {
  const { told, ev } = stage()
  const until = new Date()
  ev.emit('connection.update', { qr: '2@x' })
  ev.emit('connection.update', { connection: 'open' })
  ev.emit('connection.update', { reachoutTimeLock: { isActive: true, timeEnforcementEnds: until } })
  ev.emit('connection.update', { reachoutTimeLock: {} })
  expect(told).toEqual([
    ['qr', '2@x'],
    ['opened'],
    ['timeLock', true, until],
    ['timeLock', false, undefined],
  ])
})

it('a call is told once, when it begins; calls of groups are not', () => {
  const { told, ev } = stage()
  const from = '98765432101234@lid'
  const call = { chatId: from, from, id: 'C1', date: new Date(0), offline: false }
  ev.emit('call', [{ ...call, status: 'offer', callerPn: '6281200000001@s.whatsapp.net' }])
  ev.emit('call', [{ ...call, status: 'terminate' }])
  ev.emit('call', [{ ...call, status: 'offer', isGroup: true }])
  expect(told).toEqual([
    [
      'call',
      { id: 'C1', from, fromAlt: '6281200000001@s.whatsapp.net', isOver: false, at: new Date(0) },
    ],
  ])
})
