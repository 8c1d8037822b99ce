// What a chat may know of the memberships that were registered from it: what is paid, and by whom.
import { nikReader } from '../core/answers/nik.ts'
import type { OwnContributions, OwnMembership } from '../core/own-contributions.ts'
import { showReceipt } from '../core/text.ts'
import { type KeptMembership, readMemberships } from './contributions.ts'
import type { Tx } from './database.ts'
import { isOfChat } from './own-memberships.ts'
import type { Seal } from './seal.ts'

/** Of a member number so many digits are told: enough to find the card, too few to use. */
const shownDigits = 4

interface Row {
  id: number
  receipt: string
  state: 'registered' | 'waiting' | 'ended'
  is_mine: boolean
  nik_index: Buffer | null
  nik: Buffer | null
  kpj_of: number | null
  kpj: Buffer | null
  claimed_until: string | null
}

/**
 * The registered memberships of a chat, in order, and how many wait for a number or have ended.
 * Numbers are told only of the chat's own person: where several share a telephone, nobody reads
 * those of the others here.
 */
export async function findOwnContributions(
  tx: Tx,
  seal: Seal,
  zone: string,
  addressId: number,
): Promise<OwnContributions> {
  const { rows } = await tx.query<Row>({
    name: 'find-own-contributions',
    text: findSql,
    values: [addressId],
  })
  const ids = rows.flatMap(({ id, state }) => (state === 'registered' ? [id] : []))
  const kept = new Map((await readMemberships(tx, zone, ids)).map((one) => [one.id, one]))
  const count = (state: Row['state']) => rows.filter((row) => row.state === state).length
  return {
    waiting: count('waiting'),
    ended: count('ended'),
    members: rows.flatMap((row) => {
      const one = kept.get(row.id)
      return one ? [toOwn(seal, row, one, row.is_mine || rows.length === 1)] : []
    }),
  }
}

const findSql = `
  SELECT s.id, s.receipt, s.person_id IS NOT DISTINCT FROM a.person_id
                          AND s.person_id IS NOT NULL AS is_mine,
         CASE WHEN e.states && '{registered}' THEN 'registered'
              WHEN e.states && '{ended}' THEN 'ended' ELSE 'waiting' END AS state,
         p.nik_index, p.nik, k.id AS kpj_of, k.kpj,
         (SELECT to_char(c.until_month, 'YYYY-MM') FROM payment_claim c
           WHERE c.submission_id = s.id AND c.state = 'open') AS claimed_until
    FROM address a JOIN submission s ON ${isOfChat}
    LEFT JOIN person p ON p.id = s.person_id
    LEFT JOIN LATERAL (SELECT array_agg(state) AS states FROM enrolment
                        WHERE submission_id = s.id) e ON true
    LEFT JOIN LATERAL (SELECT id, kpj FROM enrolment
                        WHERE submission_id = s.id AND kpj IS NOT NULL
                        ORDER BY id LIMIT 1) k ON true
   WHERE a.id = $1
     AND s.state IN ('waiting', 'recorded', 'parked') ORDER BY s.id`

function toOwn(
  seal: Seal,
  row: Row,
  { membership, paid }: KeptMembership,
  isMine: boolean,
): OwnMembership {
  const hidden = { nik: '', kpjEnd: '' }
  return {
    ...{ key: row.receipt, receipt: showReceipt(row.receipt), isMine },
    ...(isMine ? numbersOf(seal, row) : hidden),
    membership: {
      ...membership,
      programmes: [...membership.programmes],
      bases: [...(membership.bases ?? [])],
    },
    paid: Object.fromEntries(paid),
    ...(row.claimed_until !== null && { claimedUntil: row.claimed_until }),
  }
}

function numbersOf(seal: Seal, { nik, nik_index: index, kpj, kpj_of: kpjOf }: Row) {
  const whole = nik && index ? seal.open(nik, `person.nik:${index.toString('hex')}`) : ''
  const number = kpj ? seal.open(kpj, `enrolment.kpj:${kpjOf}`) : ''
  return { nik: whole && (nikReader.mask?.(whole) ?? ''), kpjEnd: number.slice(-shownDigits) }
}
