// A second ledger, slow and obvious: it lives through every day and reads no figure from flows/.

/** A life with contributions, as the slow ledger is told of it. */
export interface SlowLife {
  segment: 'bpu' | 'pu'
  sector: 'transport' | 'other'
  payer: 'self' | 'apbd' | 'village'
  base: number
  jht: boolean
  firstMonth: string
  /** How many months are paid on which day. */
  payments: Map<string, number>
}

interface SlowMonth {
  month: string
  price: number
  dueOn: string
  paidOn: string
}

/** What the slow ledger knows of one day. */
export interface SlowDay {
  on: string
  state: string
  unpaid: string[]
  late: number
  total: number
}

/** Days on which nothing is due: the national holidays that fall on or after a 15th. */
const holidays = ['2026-02-17', '2026-03-19', '2026-06-16', '2026-08-17', '2026-12-25']

function nextDay(on: string): string {
  const date = new Date(`${on}T12:00:00Z`)
  date.setUTCDate(date.getUTCDate() + 1)
  return date.toISOString().slice(0, 10)
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** 15th of the month, or of the next one for wage earners; in 2026 moved to a working day. */
function dueOf(life: SlowLife, month: string): string {
  let day = `${life.segment === 'bpu' ? month : nextMonth(month)}-15`
  if (!day.startsWith('2026')) return day
  const isFree = () => {
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
    return weekday === 0 || weekday === 6 || holidays.includes(day)
  }
  while (isFree()) day = nextDay(day)
  return day
}

function isHalfPrice(life: SlowLife, month: string): boolean {
  if (life.payer !== 'self') return false
  if (life.sector === 'transport') return month >= '2026-01' && month <= '2027-03'
  return month >= '2026-04' && month <= '2026-12'
}

function priceOf(life: SlowLife, month: string): number {
  if (life.segment === 'pu') {
    const jht = life.jht ? (life.base * 37) / 1000 + (life.base * 20) / 1000 : 0
    return (life.base * 24) / 10_000 + (life.base * 30) / 10_000 + jht
  }
  const basic = life.base / 100 + 6800
  const jht = life.jht ? life.base / 50 : 0
  return (isHalfPrice(life, month) ? basic / 2 : basic) + jht
}

/** The life, day by day, until a day; what is paid on a day may be decided as late as that day. */
export function* liveThrough(life: SlowLife, until: string): Generator<SlowDay, undefined> {
  const months: SlowMonth[] = []
  let upcoming = life.firstMonth
  const draw = () => {
    months.push({
      month: upcoming,
      price: priceOf(life, upcoming),
      dueOn: dueOf(life, upcoming),
      paidOn: '',
    })
    upcoming = nextMonth(upcoming)
  }
  for (let on = `${life.firstMonth}-01`; on <= until; on = nextDay(on)) {
    for (let paid = life.payments.get(on) ?? 0; paid > 0; paid--) {
      if (!months.some((one) => one.paidOn === '')) draw()
      const oldest = months.find((one) => one.paidOn === '')
      if (oldest) oldest.paidOn = on
    }
    const isLate = (one: SlowMonth) => one.paidOn === '' && one.dueOn < on
    // Only those who work for themselves are thought to have left after so many late months.
    while (
      upcoming <= on.slice(0, 7) &&
      (life.segment === 'pu' || months.filter(isLate).length < 4)
    ) {
      draw()
    }
    yield describe(life, on, months)
  }
}

function describe(life: SlowLife, on: string, months: SlowMonth[]): SlowDay {
  const unpaid = months.filter((one) => {
    const asked = life.segment === 'bpu' ? one.month : nextMonth(one.month)
    return one.paidOn === '' && `${asked}-01` <= on
  })
  const late = unpaid.filter((one) => one.dueOn < on).length
  let state = 'paid-up'
  if (unpaid.length > 0) state = 'due'
  if (late > 0) state = 'late'
  if (life.segment === 'bpu' && late > 2) state = 'maybe-ended'
  return {
    ...{ on, state, late },
    unpaid: unpaid.map((one) => one.month),
    total: unpaid.reduce((sum, one) => sum + one.price, 0),
  }
}
