// Numbers in words: Indonesian, Banjar and English, added up strictly or not at all.

/**
 * One word's part in a number. `unit` counts, `times`
 * and `plus` change it, `scale` closes a group.
 */
export type NumberPart =
  | { does: 'unit'; value: number }
  | { does: 'plus'; value: number }
  | { does: 'times'; value: number }
  | { does: 'scale'; value: number }
  /** A half of the scale beside it: satu setengah juta, sejuta setengah. */
  | { does: 'half' }

const UNITS: [number, string][] = [
  [0, 'nol kosong zero'],
  [1, 'satu asa one'],
  [2, 'dua two'],
  [3, 'tiga talu three'],
  [4, 'empat ampat four'],
  [5, 'lima five'],
  [6, 'enam anam six'],
  [7, 'tujuh pitu pitung seven'],
  [8, 'delapan dalapan lapan walu eight'],
  [9, 'sembilan sambilan sanga nine'],
  [10, 'sepuluh sapuluh ten'],
  [11, 'sebelas sablas sabalas sawalas eleven'],
  [12, 'duablas duawalas twelve'],
  [21, 'salikur selikur'],
  [25, 'salawi selawe'],
]
const TIMES: [number, string][] = [
  [10, 'puluh'],
  [100, 'ratus hundred'],
]
const SCALES: [number, string][] = [
  [1_000, 'ribu rb rebu k thousand'],
  [1_000_000, 'juta jt jeti million'],
  [1_000_000_000, 'miliar milyar'],
]
/** `sejuta` is one and `juta` in one word. */
const ONE_OF: [number, 'times' | 'scale', string][] = [
  [100, 'times', 'seratus saratus'],
  [1_000, 'scale', 'seribu saribu serebu'],
  [10_000, 'scale', 'salaksa'],
  [1_000_000, 'scale', 'sejuta sajuta'],
]

const WORDS = new Map<string, NumberPart[]>([
  ...UNITS.flatMap(([value, words]) => entries(words, [{ does: 'unit', value }])),
  ...TIMES.flatMap(([value, words]) => entries(words, [{ does: 'times', value }])),
  ...SCALES.flatMap(([value, words]) => entries(words, [{ does: 'scale', value }])),
  ...ONE_OF.flatMap(([value, does, words]) =>
    entries(words, [
      { does: 'unit', value: 1 },
      { does, value },
    ]),
  ),
  ...entries('belas blas walas', [{ does: 'plus', value: 10 }]),
  ...entries('likur', [{ does: 'plus', value: 20 }]),
  ...entries('setengah stengah satangah half', [{ does: 'half' }]),
])

function entries(words: string, parts: NumberPart[]): [string, NumberPart[]][] {
  return words.split(' ').map((word) => [word, parts])
}

/** The parts that one folded word stands for; undefined when it is not part of a number. */
export function findNumberParts(word: string): NumberPart[] | undefined {
  return WORDS.get(word)
}

/**
 * A number added up, and what was left unsaid: `sejuta
 * dua ratus` ends in a bare 200 after a scale.
 */
export interface Sum {
  value: number
  /** What stands after the last scale, itself without one; 0 when nothing does. */
  bareEnd: number
  /** The last scale that was said; 1 when none was. */
  lastScale: number
}

/**
 * Adds the parts up; undefined where they make no
 * number (`dua tiga juta`, `ribu`, `juta juta`).
 */
export function addUp(parts: NumberPart[]): Sum | undefined {
  const adder = new Adder()
  for (const [at, part] of parts.entries()) {
    if (!adder.take(part, parts[at + 1])) return undefined
  }
  return adder.sum()
}

/** Walks the parts from left to right; each `take` says whether the part had a place. */
class Adder {
  private total = 0
  /** Hundreds and tens of the group that is being said, and what may still follow them. */
  private group = 0
  private room = Number.POSITIVE_INFINITY
  private pending: number | undefined
  private lastScale = Number.POSITIVE_INFINITY

  take(part: NumberPart, next: NumberPart | undefined): boolean {
    if (part.does === 'unit') return this.takeUnit(part.value)
    if (part.does === 'half') return this.takeHalf(next)
    if (part.does === 'scale') return this.takeScale(part.value)
    if (this.pending === undefined || this.pending < 1 || this.pending > 9) return false
    this.pending = part.does === 'plus' ? this.pending + part.value : this.pending * part.value
    return this.pending < this.room
  }

  sum(): Sum | undefined {
    if (this.lastScale === Number.POSITIVE_INFINITY && this.pending === undefined) return undefined
    const bareEnd = this.group + (this.pending ?? 0)
    const lastScale = Number.isFinite(this.lastScale) ? this.lastScale : 1
    return { value: this.total + bareEnd, bareEnd: lastScale > 1 ? bareEnd : 0, lastScale }
  }

  private takeUnit(value: number): boolean {
    if (this.pending !== undefined) {
      this.group += this.pending
      this.room = roomAfter(this.pending)
    }
    this.pending = value
    // `dua ratus lima` is 205, `dua ratus lima puluh` 250: what follows must be smaller.
    return value < this.room
  }

  private takeHalf(next: NumberPart | undefined): boolean {
    if (next?.does === 'scale') {
      this.pending = (this.pending ?? 0) + 0.5
      return true
    }
    if (next || this.pending !== undefined || !Number.isFinite(this.lastScale)) return false
    this.total += this.lastScale / 2
    return true
  }

  private takeScale(scale: number): boolean {
    if (this.pending === undefined || scale >= this.lastScale) return false
    this.total += (this.group + this.pending) * scale
    this.group = 0
    this.room = Number.POSITIVE_INFINITY
    this.pending = undefined
    this.lastScale = scale
    return true
  }
}

/** After a hundred there is room for less than a hundred, after tens for less than ten. */
function roomAfter(value: number): number {
  if (value >= 1_000 || value === 0 || value % 10 !== 0) return 0
  return value % 100 === 0 ? 100 : value >= 20 ? 10 : 0
}
