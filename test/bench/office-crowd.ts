// A hundred thousand invented people in a branch's villages, with all that its workplace shows.

import { noAnswers } from '../../src/core/kept-answers.ts'
import { answersPlace } from '../../src/registry/answers-place.ts'
import type { Database } from '../../src/registry/database.ts'
import type { Seal } from '../../src/registry/seal.ts'
import { byteaArray, textArray } from '../../src/registry/sql-array.ts'
import { nikIndexOf } from '../../src/registry/submissions.ts'
import { sealSession } from '../../src/registry/turns.ts'
import { answersOf } from '../registry/stage.ts'

const first = ['Siti', 'Ahmad', 'Noor', 'Muhammad', 'Rahmah', 'Dewi', 'Budi', 'Fitriani', 'Hasan']
const last = ['Hidayati', 'Saputra', 'Wahyuni', 'Rahman', 'Maulana', 'Lestari', 'Anwar', 'Yanti']
const perStatement = 2_000
const campaigns = 200
const bigCampaigns = 42

/** The receipt of the person of this number, counted from 0. */
export const receiptOf = (n: number) => `B${String(n).padStart(9, '0')}`

/** The NIK of the person of this number. */
export const nikOf = (n: number) => `6303055203${String(n).padStart(6, '0')}`

function nameOf(n: number): string {
  const [one, other] = [first[n % first.length], last[(n * 7) % last.length]]
  return n === 4_321 ? 'Zubaidah Qomariyah' : `${one} ${other} ${letters(n)}`
}

/** A word of its own for every person: `baca`, `bace` … */
function letters(n: number): string {
  const [consonants, vowels] = ['bcdfghjklmnprst', 'aeiou']
  const syllable = (i: number) => `${consonants[i % 15]}${vowels[Math.floor(i / 15) % 5]}`
  return `${syllable(n)}${syllable(Math.floor(n / 75))}${syllable(Math.floor(n / 5_625))}`
}

/** Fills the tables: people, memberships, posts, talks that stand, tickets, the trail. */
export async function fillBranch(db: Database, seal: Seal, count: number, villages: string[]) {
  await db.pool.query(
    `INSERT INTO address (channel, handle, sealed)
     SELECT 'web', int4send(n), '' FROM generate_series(0, $1::int - 1) n`,
    [count],
  )
  for (let from = 0; from < count; from += perStatement) {
    await addPeople(db, seal, Math.min(count, from + perStatement), from, villages)
  }
  await addAround(db)
  await addTalks(db, seal, Math.floor(count / 5))
}

/**
 * Fills the list of campaigns as the owner of the tables: two hundred that are over, of which the
 * newest, whom a page and the next show, were for so many people each.
 */
export async function addCampaigns(owner: Pick<Database['pool'], 'query'>, people: number) {
  await owner.query(
    `INSERT INTO campaign (title, message, audience, made_by, state, closed_at)
     SELECT 'Ajakan ' || n, '{"wordings":[{"id":"Halo"}]}', '{"area":"63.03"}', 'post:1', 'done',
            now() - interval '1 day' FROM generate_series(1, $1::int) n`,
    [campaigns],
  )
  // Whether these people exist was looked at when they were chosen.
  await owner.query('SET session_replication_role = replica')
  await owner.query(
    `INSERT INTO campaign_person (campaign_id, address_id, ordinal, state, sent_at, outbound_id)
     SELECT c.id, a.id, a.nth, CASE WHEN a.id % 50 = 0 THEN 'failed' ELSE 'sent' END, now(),
            c.id * 1000000 + a.nth
       FROM (SELECT id FROM campaign ORDER BY id DESC LIMIT $1) c
      CROSS JOIN (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM address LIMIT $2) a`,
    [bigCampaigns, people],
  )
  await owner.query('SET session_replication_role = origin')
}

async function addPeople(
  db: Database,
  seal: Seal,
  until: number,
  from: number,
  villages: string[],
) {
  const all = Array.from({ length: until - from }, (_, n) => from + n)
  const village = (n: number) => villages[(n * 31) % villages.length] ?? ''
  const sealed = all.map((n) => {
    const answers = { ...answersOf(nikOf(n)), name: nameOf(n), village: village(n) }
    return seal.seal(JSON.stringify(answers), answersPlace(receiptOf(n)))
  })
  await db.pool.query(
    `WITH given AS (
       SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::text[])
         WITH ORDINALITY AS g (receipt, answers, nik_index, village, nth)),
     people AS (
       INSERT INTO person (nik_index) SELECT nik_index FROM given RETURNING id, nik_index),
     submitted AS (
       INSERT INTO submission (receipt, address_id, command, flow, flow_version, language,
              started_on, answers, state, reason, person_id, village_code, created_at)
       SELECT g.receipt, a.id, CASE WHEN nth % 5 = 0 THEN 'register-staff' ELSE 'submit-enrolment' END,
              'villager/enrol', 'v', 'id', current_date, g.answers,
              CASE WHEN nth % 500 = 0 THEN 'parked' ELSE 'recorded' END,
              CASE WHEN nth % 500 = 0 THEN 'nik-known' END, p.id, g.village,
              now() - make_interval(mins => 1000000 - ($5 + nth::int) * 9)
         FROM given g JOIN people p USING (nik_index)
         JOIN address a ON a.channel = 'web' AND a.handle = int4send($5 + nth::int - 1)
        ORDER BY nth RETURNING id, person_id, village_code, created_at, state)
     INSERT INTO enrolment (person_id, nik_index, programme, segment, sector, village_code,
            occupation, work_place, base_rupiah, months, starts_on, submission_id, state,
            registered_at)
     SELECT s.person_id, p.nik_index, programme, 'BPU', 'other', s.village_code, 'pedagang',
            'pasar', 1000000, 1, s.created_at::date, s.id,
            CASE WHEN s.id % 200 = 1 THEN 'submitted' ELSE 'registered' END,
            CASE WHEN s.id % 200 <> 1 THEN s.created_at END
       FROM submitted s JOIN people p ON p.id = s.person_id,
            unnest(ARRAY['JKK', 'JKM']) AS programme WHERE s.state = 'recorded'`,
    [
      textArray(all.map(receiptOf)),
      byteaArray(sealed),
      byteaArray(all.map((n) => nikIndexOf(seal, nikOf(n)))),
      textArray(all.map(village)),
      from,
    ],
  )
}

async function addAround({ pool }: Database) {
  await pool.query(
    `WITH by AS (SELECT min(id) AS id FROM post)
     INSERT INTO staff (village_code, cohort, position, submission_id, nik_index, from_on, set_by)
     SELECT s.village_code, 'bpd', 'Anggota', s.id, p.nik_index, '2026-01-01', by.id
       FROM submission s JOIN person p ON p.id = s.person_id, by
      WHERE s.command = 'register-staff'`,
  )
  await pool.query(
    `INSERT INTO village_cohort (village_code, cohort, posts, fund, set_by)
     SELECT village_code, 'bpd', count(*) + 5, 'add', min(set_by) FROM staff GROUP BY village_code`,
  )
  await pool.query(
    `INSERT INTO contribution (submission_id, month, payer, base_rupiah, jkk, jkm, jht, jp,
            total_rupiah, nominal_due_on, due_on, paid_on)
     SELECT submission_id, '2026-11-01', 'self', 1000000, 5000, 3400, 0, 0, 8400, '2026-11-20',
            '2026-11-20', CASE WHEN id % 3 > 0 THEN '2026-11-02'::date END
       FROM enrolment WHERE programme = 'JKK' AND state = 'registered'`,
  )
  await pool.query(
    `INSERT INTO ticket (address_id, reason, state, created_at, waiting_since, flow, step)
     SELECT id, 'question', CASE WHEN id % 40 = 0 THEN 'open' ELSE 'closed' END,
            now() - make_interval(hours => (id % 900)::int),
            CASE WHEN id % 40 = 0 THEN now() END, 'villager/enrol', 'nik'
       FROM address WHERE channel = 'web' ORDER BY id LIMIT 4000`,
  )
}

/** Talks that stand at a question, and lines in the trail. */
async function addTalks(db: Database, seal: Seal, count: number) {
  const { rows } = await db.pool.query<{ id: number }>(
    `SELECT id FROM address WHERE channel = 'web' ORDER BY id LIMIT $1`,
    [count],
  )
  const ids = rows.map(({ id }) => id)
  const talk = {
    id: 'x',
    flow: 'villager/enrol',
    version: 'v',
    on: '2026-11-21',
    answers: noAnswers,
  }
  const bodies = ids.map((id) =>
    sealSession(seal, id, { language: 'id', talk: { ...talk, asked: 'mother-name' } }),
  )
  await db.pool.query(
    `INSERT INTO session (address_id, body, updated_at)
     SELECT id, body, now() - interval '3 hours' FROM unnest($1::bigint[], $2::bytea[]) g (id, body)
     ON CONFLICT (address_id) DO UPDATE
        SET body = excluded.body, updated_at = excluded.updated_at`,
    [ids, byteaArray(bodies)],
  )
}
