// The stream that keeps a page up to date; few at once, and never past a session.
import type { Context } from 'hono'
import { isSessionOpen } from '../../registry/office-sessions.ts'
import type { Visit } from './visit.ts'

/** Streams at once in this process, and of one browser. */
const most = { all: 40, each: 2 }

/** How often it is looked at what there is to tell. */
const everyMs = 3_000

/** A line goes out so often although nothing changed, or proxies cut the stream. */
const heartbeatMs = 15_000

/** What a page is told; whoever opens it anew sees the same. */
export interface News {
  /** Words by the name of what shows them on the page; what is empty is not shown. */
  words: Record<string, string>
  /** How the parts are; one without `isWell` is neither good nor bad. */
  /** What the page offers to do cannot be done any more; it may become possible again. */
  isOver?: boolean
  states?: { isWell?: boolean; words: string }[]
  /** The newest lines of a talk, in order; those that are on the page stay as they are. */
  lines?: { id: string; from: string; head: string; words: string }[]
}

/** Streams under way, by the sign-in that opened them. */
const open = new Map<number, number>()

/**
 * What `read` gives, again whenever it has changed. An answer without words, which browsers do not
 * ask for again, where it is one stream too many.
 */
export function streamNews(visit: Visit, read: () => Promise<News>): Response {
  const { officer, c } = visit
  const mine = open.get(officer.sessionId) ?? 0
  const all = [...open.values()].reduce((sum, count) => sum + count, 0)
  if (mine >= most.each || all >= most.all) return c.body(null, 204)
  open.set(officer.sessionId, mine + 1)
  const leave = () => {
    const left = (open.get(officer.sessionId) ?? 1) - 1
    if (left > 0) open.set(officer.sessionId, left)
    else open.delete(officer.sessionId)
  }
  return new Response(streamOf(visit, read, leave), {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
  })
}

function streamOf(visit: Visit, read: () => Promise<News>, leave: () => void) {
  const ended = endOf(visit.c, visit.ground.machine.ended)
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const write = (words: string) => controller.enqueue(encoder.encode(words))
      try {
        await tellUntil(visit, read, ended.signal, write)
        controller.close()
      } catch {
        // Whoever listened is gone, or the database is: the browser asks again by itself.
        controller.error()
      } finally {
        leave()
      }
    },
    cancel: () => ended.abort(),
  })
}

/** Ends when the browser leaves or the program does. */
function endOf(c: Context, program: AbortSignal): AbortController {
  const ended = new AbortController()
  for (const signal of [c.req.raw.signal, program]) {
    if (signal.aborted) ended.abort()
    signal.addEventListener('abort', () => ended.abort(), { once: true, signal: ended.signal })
  }
  return ended
}

async function tellUntil(
  { ground, officer }: Visit,
  read: () => Promise<News>,
  signal: AbortSignal,
  write: (words: string) => void,
) {
  let said = ''
  let saidAt = 0
  while (!signal.aborted) {
    if (!(await isSessionOpen(ground.db.pool, officer.sessionId))) break
    const state = JSON.stringify(await read())
    if (signal.aborted) break
    if (state !== said) write(`data: ${state}\n\n`)
    else if (Date.now() - saidAt >= heartbeatMs) write(': masih di sini\n\n')
    if (state !== said || Date.now() - saidAt >= heartbeatMs) saidAt = Date.now()
    said = state
    await restFor(everyMs, signal)
  }
}

function restFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
