// What the client tells, in its many forms → what the port's listener is told.
import type { BaileysEventMap, WASocket } from '@whiskeysockets/baileys'
import { normaliseId } from './decode.ts'
import type { WaListener } from './port.ts'

/** WhatsApp's own numbers for what became of a message. */
const serverAck = 2
const delivered = 3

/**
 * The code of an end that tells no other. An HTTP answer in place of a web socket is none of
 * WhatsApp's codes: whoever stands in between must not look like a ban.
 */
const connectionClosed = 428

/** Tells the listener; `isOurs` is asked at the end, and false when it was closed by us. */
export function listenTo(socket: WASocket, listener: WaListener, isOurs: () => boolean): void {
  hearAtOnce(socket, listener)
  socket.ev.on('connection.update', (update) => {
    if (update.qr) listener.qr(update.qr)
    if (update.connection === 'open') listener.opened()
    const lock = update.reachoutTimeLock
    if (lock) listener.timeLock(lock.isActive ?? false, lock.timeEnforcementEnds)
    if (update.connection === 'close' && isOurs()) {
      listener.closed(codeOf(update.lastDisconnect?.error))
    }
  })
  socket.ev.on('lid-mapping.update', ({ lid, pn }) => listener.sameId(lid, pn))
  socket.ev.on('call', (calls) => {
    for (const call of calls) if (call.status === 'offer' && !call.isGroup) hearCall(listener, call)
  })
  // The plain acknowledgement of a message is told by no event.
  socket.ws.on('CB:ack,class:message', ({ attrs }: { attrs: Record<string, string> }) => {
    const { id: messageId, error } = attrs
    if (messageId) listener.ack(error ? { messageId, error } : { messageId })
  })
}

/**
 * The client holds messages back for up to 30 seconds while it starts, although WhatsApp was told
 * already that they arrived: a crash would lose them. They are taken as they are emitted.
 */
function hearAtOnce(socket: WASocket, listener: WaListener): void {
  const emit = socket.ev.emit.bind(socket.ev)
  socket.ev.emit = (event, told) => {
    if (event === 'messages.upsert') {
      listener.messages((told as BaileysEventMap['messages.upsert']).messages)
    }
    if (event === 'messages.update') {
      for (const one of told as BaileysEventMap['messages.update']) hearUpdate(listener, one)
    }
    return emit(event, told)
  }
}

function hearUpdate(
  listener: WaListener,
  { key, update }: BaileysEventMap['messages.update'][number],
): void {
  const messageId = key.id
  const { status } = update
  if (!messageId || !key.fromMe || typeof status !== 'number') return
  if (status >= serverAck) listener.ack({ messageId })
  if (status < delivered) return
  const seconds = Number(update.messageTimestamp)
  const at = seconds > 0 ? new Date(seconds * 1000) : new Date()
  listener.delivery({ messageId, state: status === delivered ? 'delivered' : 'read', at })
}

function hearCall(listener: WaListener, call: BaileysEventMap['call'][number]): void {
  const { id, from, callerPn, offline, date } = call
  const at = Number.isNaN(date.getTime()) ? new Date() : date
  listener.call({ id, from, fromAlt: normaliseId(callerPn ?? ''), isOver: offline, at })
}

function codeOf(error: unknown): number {
  if (!(error instanceof Error) || error.message.startsWith('WebSocket Error')) {
    return connectionClosed
  }
  const { output } = error as Error & { output?: { statusCode?: number } }
  return output?.statusCode ?? connectionClosed
}
