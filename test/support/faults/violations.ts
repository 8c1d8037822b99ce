// What must hold after whatever happened: read from the rows and from what the people were told.
import type pg from 'pg'
import { addressPlace } from '../../../src/registry/addresses.ts'
import { answersPlace } from '../../../src/registry/answers-place.ts'
import type { Seal } from '../../../src/registry/seal.ts'
import { openOutbound } from '../../../src/registry/turns.ts'
import type { Platform } from './platform.ts'
import { receipt, type Villager, withoutReceipt, withoutRepeats } from './villager.ts'

/** What the judgement is made from. */
export interface Evidence {
  platform: Platform
  client: pg.Client
  seal: Seal
  villagers: Villager[]
  /** Moments at which something was cut off: near one of them a message may come twice. */
  crashes: number[]
}

interface Row {
  [column: string]: unknown
}

/** Every promise that was broken, one sentence each; none is what the tests want. */
export async function findViolations(evidence: Evidence): Promise<string[]> {
  return [
    ...(await checkInbound(evidence)),
    ...(await checkReceipts(evidence)),
    ...(await checkSubmissions(evidence)),
    ...(await checkEnrolments(evidence)),
    ...(await checkOutbound(evidence)),
    ...checkTalks(evidence),
    ...checkRepeats(evidence),
  ]
}

async function ask({ client }: Evidence, sql: string): Promise<Row[]> {
  const { rows } = await client.query(sql)
  return rows
}

/** I1, I2: what the platform was told is kept, is kept: once, and answered. */
async function checkInbound(evidence: Evidence): Promise<string[]> {
  const rows = await ask(
    evidence,
    `SELECT external_id, count(*)::int AS count, bool_and(state = 'done') AS done
       FROM inbound GROUP BY external_id`,
  )
  const { platform } = evidence
  const kept = new Set(rows.map((row) => platform.idOf(String(row.external_id))))
  const missing = platform.acked().filter((id) => !kept.has(id))
  return [
    ...missing.map((id) => `${id} was confirmed and is not kept`),
    ...rows.filter((row) => row.count !== 1).map((row) => `${row.external_id} is kept twice`),
    ...rows.filter((row) => !row.done).map((row) => `${row.external_id} was not answered`),
  ]
}

/** I3: every receipt that a person was told is one submission, and nothing else is one. */
async function checkReceipts(evidence: Evidence): Promise<string[]> {
  const rows = await ask(
    evidence,
    'SELECT receipt, count(*)::int AS count FROM submission GROUP BY receipt',
  )
  const kept = new Map(rows.map((row) => [String(row.receipt), Number(row.count)]))
  const violations: string[] = []
  for (const { number } of evidence.villagers) {
    const texts = evidence.platform.told(number).map(({ text }) => text)
    const told = new Set(texts.flatMap((text) => receipt.exec(text)?.slice(1).join('') ?? []))
    if (told.size > 1) violations.push(`${number} was told ${told.size} receipts`)
    for (const one of told) {
      const count = kept.get(one) ?? 0
      if (count !== 1) violations.push(`a receipt told to ${number} is ${count} submissions`)
    }
  }
  return violations
}

/** Each talk that reached its end is one submission with these very answers, and is handled. */
async function checkSubmissions(evidence: Evidence): Promise<string[]> {
  const rows = await ask(
    evidence,
    `SELECT a.channel, a.handle, a.sealed, s.receipt, s.answers, s.state, s.reason
       FROM submission s JOIN address a ON a.id = s.address_id`,
  )
  const { seal, villagers, platform } = evidence
  const byChat = new Map<string, Row[]>()
  for (const row of rows) {
    const place = addressPlace(String(row.channel), row.handle as Buffer)
    const chat = seal.open(row.sealed as Buffer, place)
    byChat.set(chat, [...(byChat.get(chat) ?? []), row])
  }
  return villagers.flatMap((villager) => {
    const own = byChat.get(platform.address(villager.number)) ?? []
    const [one] = own
    const who = `villager ${villager.number}`
    if (!hasFinished(evidence, villager)) return []
    if (!one || own.length > 1) return [`${who} has ${own.length} submissions`]
    const answers = JSON.parse(seal.open(one.answers as Buffer, answersPlace(String(one.receipt))))
    const isWhole = answers.nik === villager.nik && answers.review === 'ya'
    return [
      ...(isWhole ? [] : [`the submission of ${who} holds other answers`]),
      ...(one.state === 'recorded' || one.reason === 'nik-known'
        ? []
        : [`the submission of ${who} is ${one.state} ${one.reason ?? ''}`]),
    ]
  })
}

function hasFinished({ platform }: Evidence, villager: Villager): boolean {
  return platform.told(villager.number).some(({ text }) => receipt.test(text))
}

/** One person and one enrolment for each NIK and programme, with a history that began once. */
async function checkEnrolments(evidence: Evidence): Promise<string[]> {
  const twice = await ask(
    evidence,
    `SELECT 'a NIK is ' || count(*) || ' persons' AS what FROM person
      GROUP BY nik_index HAVING count(*) > 1
      UNION ALL
     SELECT 'a NIK has ' || count(*) || ' enrolments in ' || programme FROM enrolment
      GROUP BY nik_index, programme HAVING count(*) > 1
      UNION ALL
     SELECT 'an enrolment began ' || count(v.id) || ' times' FROM enrolment e
       LEFT JOIN enrolment_event v ON v.enrolment_id = e.id AND v.kind = 'submitted'
      GROUP BY e.id HAVING count(v.id) <> 1
      UNION ALL
     SELECT 'a recorded submission has ' || count(e.id) || ' enrolments' FROM submission s
       LEFT JOIN enrolment e ON e.submission_id = s.id
      WHERE s.state = 'recorded' GROUP BY s.id HAVING count(e.id) <> 2
      UNION ALL
     SELECT 'a parked submission has enrolments' FROM submission s
       JOIN enrolment e ON e.submission_id = s.id WHERE s.state <> 'recorded'`,
  )
  const submitted = evidence.villagers.filter((villager) => hasFinished(evidence, villager))
  const niks = new Set(submitted.map(({ nik }) => nik))
  const [persons] = await ask(
    evidence,
    'SELECT count(DISTINCT nik_index)::int AS count FROM person',
  )
  return [
    ...twice.map((row) => String(row.what)),
    ...(persons?.count === niks.size ? [] : [`${niks.size} people are ${persons?.count} persons`]),
  ]
}

/** I6 by the rows: everything was sent, in the order in which it was written. */
async function checkOutbound(evidence: Evidence): Promise<string[]> {
  const { seal, villagers, platform } = evidence
  const rows = await ask(
    evidence,
    `SELECT a.channel, a.handle, a.sealed, o.purpose, o.body, o.state
       FROM outbound o JOIN address a ON a.id = o.address_id ORDER BY o.id`,
  )
  const unsent = rows.filter((row) => row.state !== 'sent')
  const violations = unsent.map((row) => `${row.purpose} is ${row.state}`)
  for (const { number } of villagers) {
    const own = rows.filter((row) => {
      const place = addressPlace(String(row.channel), row.handle as Buffer)
      return seal.open(row.sealed as Buffer, place) === platform.address(number)
    })
    const written = own.map((row) =>
      platform.show(openOutbound(seal, String(row.purpose), row.body as Buffer)),
    )
    const told = withoutRepeats(platform.told(number)).map(({ text }) => text)
    const isInOrder = told.length === written.length && told.every((text, i) => text === written[i])
    if (!isInOrder) violations.push(`${number} was not told what was written, in its order`)
  }
  return violations
}

/** Each villager heard exactly what the core alone would have said to the same words. */
function checkTalks({ platform, villagers }: Evidence): string[] {
  return villagers.flatMap(({ number, hears }) => {
    const told = withoutRepeats(platform.told(number)).map(({ text }) => withoutReceipt(text))
    const foreseen = hears.flat()
    const wrong = told.findIndex((text, index) => text !== foreseen[index])
    if (wrong >= 0) return [`message ${wrong + 1} to ${number} is not the one that belongs there`]
    return told.length < foreseen.length ? [`${number} waits for an answer`] : []
  })
}

/** I4: a message is shown twice only around a crash, and where its phone can tell: never. */
function checkRepeats({ platform, villagers, crashes }: Evidence): string[] {
  return villagers.flatMap(({ number }) => {
    const told = platform.told(number)
    return told.flatMap(({ text, at }, index) => {
      const before = told[index - 1]
      if (before?.text !== text) return []
      // A message may be on its way for a moment after the kill.
      const isExcused =
        !platform.showsOnce && crashes.some((crash) => before.at - 100 <= crash && crash <= at)
      return isExcused ? [] : [`${number} was told something twice without a crash between`]
    })
  })
}
