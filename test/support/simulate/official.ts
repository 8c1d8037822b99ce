// What somebody with an invite or a post does next: comes in, works, pauses, mistypes the PIN.
import { mayUse } from '../../../src/core/roles.ts'
import type { Conversation, Sent } from './conversation.ts'
import { listKinds } from './little-lists.ts'
import type { Persona } from './persona.ts'
import type { Random } from './random.ts'
import { chooseAt, findAsk } from './truth.ts'
import { answerAnyhow, answerTruly, type Move, wander } from './villager.ts'

/** Questions about an answer that was wrong or is refused. */
const mendings = ['nik-check', 'fund-barred', 'kpj-taken']

/** What was mistyped or refused is put right in every way that is offered. */
function answerOrMend(talk: Conversation, persona: Persona, random: Random): Sent {
  const { choices } = talk.sight
  if (!mendings.includes(findAsk(talk)?.ask.id ?? '') || choices.length === 0) {
    return answerTruly(talk, persona, random)
  }
  // The first is to say it again, which is what most people do.
  return random.chance(0.4) ? chooseAt(choices, 0, random) : answerAnyhow(talk, random)
}

type Do = (talk: Conversation, persona: Persona, random: Random) => Sent

const moves: [weight: number, move: Do][] = [
  [80, answerOrMend],
  [8, (talk, _, random) => answerAnyhow(talk, random)],
  [8, openOffice],
  [9, sendList],
  [3, () => ({ kind: 'text', words: 'MENU' })],
  [
    3,
    (_, __, random) => ({
      kind: 'text',
      words: random.pick(['KEMBALI', 'UBAH', 'BATAL', 'lanjut']),
    }),
  ],
]

/** The next move of an official; now and then it is what anybody might do. */
export function work(talk: Conversation, persona: Persona, random: Random): Move {
  if (random.chance(0.04)) return wander(talk, persona, random)
  const waitSeconds = random.weigh([
    [30, () => random.int(2, 40)] as const,
    [1, () => random.int(11, 90) * 60],
  ])()
  const isOut = !talk.registry.office.hasPost() && talk.session.talk?.flow !== 'official/activate'
  const sent =
    isOut && random.chance(0.5)
      ? comeIn(persona, random)
      : random.weigh(moves)(talk, persona, random)
  return { waitSeconds, sent: [sent] }
}

function comeIn({ answers }: Persona, random: Random): Sent {
  if (random.chance(0.3)) return { kind: 'start', words: `u_${answers['invite-code']}` }
  return { kind: 'text', words: random.pick(['KODE UNDANGAN', 'kode undangan', 'undangan']) }
}

/** A list, asked for or not, or what it lacks; from whoever has lists. */
function sendList(talk: Conversation, persona: Persona, random: Random): Sent {
  if (persona.answers['register-how'] !== undefined) return answerTruly(talk, persona, random)
  const filling = talk.sight.choices.find(({ press }) => press.endsWith('.gaps-first.lengkapi'))
  if (filling) return { kind: 'press', words: filling.press }
  const isAsked = talk.session.talk?.flow.startsWith('official/roster-')
  if (isAsked && random.chance(0.8)) return answerTruly(talk, persona, random)
  if (random.chance(0.15)) return { kind: 'text', words: 'lengkapi daftar' }
  const name = random.pick(['daftar perangkat.xlsx', 'Book1.csv', ''])
  return { kind: 'document', words: `list-${random.int(0, listKinds - 1)} ${name}` }
}

/** Opens something that is not for villagers, by its own words; mostly what is theirs. */
function openOffice({ read }: Conversation, { role }: Persona, random: Random): Sent {
  // Officers decide on who waits more often than they do anything else.
  if (role === 'branch-officer' && random.chance(0.4)) return { kind: 'text', words: 'periksa' }
  const flows = [...read.book.flows.values()].filter((flow) => flow.for !== 'villager')
  const open = flows.filter((one) => one.opensOn.length > 0)
  const own = open.filter((one) => role && mayUse(role, one.for))
  const flow = random.pick(own.length > 0 && random.chance(0.85) ? own : open)
  const words = random.chance(0.1) ? 'konfirmasi' : random.pick(flow.opensOn)
  return { kind: 'text', words }
}
