// Whoever registered several people of a village hears of a file of answers once, with the list.
import type { BranchDesk } from '../branch-desk.ts'
import { nameArea } from '../core/area.ts'
import { mostPeopleTold } from '../core/limits.ts'
import { sayPhrase } from '../core/phrase.ts'
import { showReceipt } from '../core/text.ts'
import { type AnsweredPerson, listAnswered } from '../registry/answered-people.ts'
import type { Tx } from '../registry/database.ts'
import { type Notice, queueNotices } from '../registry/notices.ts'
import { openNames } from '../registry/people.ts'
import { submissionNotice } from '../registry/submission-notices.ts'

type Desk = Omit<BranchDesk, 'db'>
type Names = ReadonlyMap<number, string>

/** Tells what an import came to, chat by chat and village by village; done twice it changes nothing. */
export async function tellVillages(tx: Tx, desk: Desk, importId: number) {
  const people = await listAnswered(tx, desk.seal, importId)
  if (people.length === 0) return
  const names = await openNames(
    tx,
    desk.seal,
    people.map(({ submissionId }) => submissionId),
  )
  const groups = new Map<string, AnsweredPerson[]>()
  for (const one of people) {
    const key = `${one.villageCode}:${one.addressId}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const notices = [...groups].map(([key, group]) =>
    toNotice(desk, `${importId}:${key}`, group, names),
  )
  await queueNotices(tx, desk.seal, notices)
}

function toNotice({ book }: Desk, key: string, group: AnsweredPerson[], names: Names): Notice {
  const { places, branch } = book
  const [first, ...others] = group as [AnsweredPerson, ...AnsweredPerson[]]
  const { addressId, language, villageCode } = first
  const zone = villageCode ? places.zone(villageCode) : branch.zone
  if (others.length === 0) return { ...tellOne(book, first), zone }
  const say = (id: string, fills: Record<string, string>) => sayPhrase(book, language, id, fills)
  const lines = group.slice(0, mostPeopleTold).map((one) => {
    const name = names.get(one.submissionId) ?? showReceipt(one.receipt)
    return 'kpj' in one.result
      ? say('village-answer-registered', { name, kpj: one.result.kpj })
      : say('village-answer-refused', { name, reason: reasonOf(book, one, one.result.refusal) })
  })
  const rest = group.length - lines.length
  if (rest > 0) lines.push(say('village-more', { count: String(rest) }))
  const text = say('village-answers', {
    ...{ operator: branch.operator, village: nameArea(places, villageCode) },
    ...{ count: String(group.length), list: lines.join('\n') },
  })
  return { addressId, purpose: `answers:${key}`, message: { text }, zone }
}

/** One person alone is told of as anybody is. */
function tellOne(book: Desk['book'], { submissionId, result, ...one }: AnsweredPerson): Notice {
  const told = { id: submissionId, ...one }
  if ('kpj' in result) return submissionNotice(book, told, 'enrolment-registered', result)
  const reason = reasonOf(book, told, result.refusal)
  return submissionNotice(book, told, 'enrolment-refused', { reason })
}

function reasonOf(book: Desk['book'], { language }: { language: string }, refusal: string): string {
  const isKnown = book.phrases.has(`reason-${refusal}`)
  return sayPhrase(book, language, isKnown ? `reason-${refusal}` : 'reason-other')
}
