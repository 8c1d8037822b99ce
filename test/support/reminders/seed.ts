// Many registered members as rows, made by the database itself.
import type { Database } from '../../../src/registry/database.ts'

/** What is made. */
export interface Seed {
  count: number
  /** First day of the first month; the month before the present one and the present are drawn up. */
  startsOn: string
  /** The two months, each with its due days. */
  months: [month: string, nominalDueOn: string, dueOn: string][]
  villageCode: string
  /** Of so many, one has not paid. */
  owesEvery: number
}

/**
 * Makes members who pay for themselves, each with a chat on a channel that this program does not
 * have, so that what is queued stays. Takes seconds for a million.
 */
export async function seedMembers(db: Database, seed: Seed) {
  const { count, startsOn, months, villageCode, owesEvery } = seed
  const run = (text: string, values: unknown[]) => db.pool.query(text, values)
  await run(
    `INSERT INTO address (channel, handle, sealed)
     SELECT 'nowhere', int4send(n), '' FROM generate_series(1, $1::int) n`,
    [count],
  )
  await run(
    `INSERT INTO person (nik_index) SELECT int4send(n) FROM generate_series(1, $1::int) n`,
    [count],
  )
  await run(
    `INSERT INTO submission (receipt, address_id, command, flow, flow_version, language,
            started_on, answers, state, person_id)
     SELECT 'N' || lpad(n::text, 9, '0'), a.id, 'submit-enrolment', 'villager/enrol', 'v', 'id',
            $2::date, '', 'recorded', p.id
       FROM generate_series(1, $1::int) n
       JOIN address a ON a.channel = 'nowhere' AND a.handle = int4send(n)
       JOIN person p ON p.nik_index = int4send(n) ORDER BY n`,
    [count, startsOn],
  )
  await run(
    `INSERT INTO enrolment (person_id, nik_index, programme, segment, sector, village_code,
            occupation, work_place, base_rupiah, months, starts_on, submission_id, state,
            registered_at)
     SELECT s.person_id, int4send(s.id::int), g.programme, 'BPU', 'other', $1, 'pedagang',
            'pasar', 1000000, 1, $2::date, s.id, 'registered', $2::date
       FROM submission s, unnest(ARRAY['JKK', 'JKM']) AS g (programme)`,
    [villageCode, startsOn],
  )
  for (const [month, nominalDueOn, dueOn] of months) {
    await run(
      `INSERT INTO contribution (submission_id, month, payer, base_rupiah, jkk, jkm, jht, jp,
              total_rupiah, nominal_due_on, due_on, paid_on)
       SELECT id, $1::date, 'self', 1000000, 5000, 3400, 0, 0, 8400, $2::date, $3::date,
              CASE WHEN id % $4 <> 0 THEN $1::date END
         FROM submission`,
      [month, nominalDueOn, dueOn, owesEvery],
    )
  }
  await run('ANALYZE', [])
}
