// Files that mean harm are refused quickly, in little memory, while other talks go on.
import { describe, expect, it } from 'vitest'
import { RosterRefused } from '../../src/roster/refused.ts'
import { createRosterThreads, type RosterThreads } from '../../src/roster/thread.ts'
import { hostileFiles, prototypeHeadings, strangeFiles } from '../support/rosters/hostile.ts'
import { judgeFile } from '../support/rosters/judging.ts'
import { largeCsv, largeXlsx } from '../support/rosters/large-roster.ts'

const MB = 1024 * 1024
const threads = createRosterThreads()

/** Reads to the end; the refusal, or how many rows were read. */
async function readAll(file: Buffer, by: RosterThreads = threads): Promise<string | number> {
  let count = 0
  try {
    for await (const batch of by.read(file)) count += batch.rows.length
    return count
  } catch (error) {
    if (error instanceof RosterRefused) return error.refusal
    throw error
  }
}

/** Beats until stopped; gives the longest silence and the most memory that was in use. */
function startHeart() {
  const rssBefore = process.memoryUsage.rss()
  let [last, silenceMs, rss] = [performance.now(), 0, rssBefore]
  const beat = setInterval(() => {
    const now = performance.now()
    silenceMs = Math.max(silenceMs, now - last)
    rss = Math.max(rss, process.memoryUsage.rss())
    last = now
  }, 10)
  return () => {
    clearInterval(beat)
    return { silenceMs, growthMb: (rss - rssBefore) / MB }
  }
}

describe('hostile files', () => {
  it('are twelve', () => {
    expect(hostileFiles).toHaveLength(12)
  })

  it.each(hostileFiles)('%s', async (_what, make, refusal) => {
    const file = make()
    const stop = startHeart()
    const startedAt = performance.now()
    const answer = await readAll(file)
    const tookMs = performance.now() - startedAt
    const { silenceMs, growthMb } = stop()
    expect(answer).toBe(refusal)
    expect(tookMs).toBeLessThan(2_000)
    expect(growthMb).toBeLessThan(150)
    expect(silenceMs).toBeLessThan(500)
  })

  it('headings called __proto__ are headings like others', () => {
    const { rows, sheets } = judgeFile(prototypeHeadings())
    expect(rows[0]?.person).toMatchObject({ name: 'Budi Rekaan', cohort: 'perangkat-desa' })
    expect(sheets[0]?.unknown.map(({ heading }) => heading)).toEqual([
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
    ])
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it.each(strangeFiles)('%s', async (_what, make, refusal) => {
    expect(await readAll(make())).toBe(refusal)
  })
})

const GOOD = Buffer.from('NIK;Nama\n6302051203850001;Budi Rekaan\n')

describe('threads', () => {
  it('a thread that needs too much memory ends in a refusal, and the next file is read', async () => {
    const small = createRosterThreads({ heapMb: 1 })
    expect(await readAll(largeXlsx(3_000), small)).toBe('too-heavy')
    expect(await readAll(GOOD)).toBe(2)
  })

  it('a thread that takes too long is ended', async () => {
    const impatient = createRosterThreads({ timeoutMs: 1 })
    expect(await readAll(GOOD, impatient)).toBe('too-heavy')
  })

  it('two work at once, the others wait in line, none is lost', async () => {
    const files = Array.from({ length: 6 }, () => GOOD)
    expect(await Promise.all(files.map((file) => readAll(file)))).toEqual([2, 2, 2, 2, 2, 2])
  })

  it('who leaves early makes room for the next', async () => {
    const one = createRosterThreads({ threads: 1 })
    for await (const batch of one.read(largeXlsx(2_000))) {
      expect(batch.rows).toHaveLength(500)
      break
    }
    expect(await readAll(GOOD, one)).toBe(2)
  })

  it('rows come in batches, in order, while the file is still being read', async () => {
    const seen: number[] = []
    for await (const batch of threads.read(largeCsv(1_200))) {
      expect(batch.rows.length).toBeLessThanOrEqual(500)
      seen.push(...batch.rows.map(({ at }) => at))
    }
    expect(seen).toEqual(Array.from({ length: 1_201 }, (_, index) => index + 1))
  })
})
