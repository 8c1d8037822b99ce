// Two addresses turned out to be one person: everything of the younger becomes the older one's.
import { joinSessions } from '../core/join-sessions.ts'
import { appendAudit } from './audit.ts'
import { moveCampaigns } from './campaign-people.ts'
import type { Tx } from './database.ts'
import { moveReminders } from './reminders.ts'
import { type Seal, SealError } from './seal.ts'
import { byteaArray } from './sql-array.ts'
import { moveTickets } from './tickets.ts'
import { openSession, type StoredTalk, sealSession, wordsPlace } from './turns.ts'

/**
 * Moves what belongs to `gone` to `kept`; both talks are locked. What stays behind is what leads
 * on: the row of the address, its consents, which never change, and a message that is being sent.
 */
export async function mergeAddresses(tx: Tx, seal: Seal, kept: StoredTalk, gone: StoredTalk) {
  const ids = [kept.addressId, gone.addressId]
  await joinTalks(tx, seal, kept, gone)
  await joinAddresses(tx, ids)
  // Tickets, audit, submissions: whoever works on them locks them in this order too.
  await moveTickets(tx, seal, kept.addressId, gone.addressId)
  await appendAudit(tx, 'program', 'merge-addresses', `address:${kept.addressId}`, {
    merged: gone.addressId,
  })
  // Before outbound: who works on a submission has it locked until the notice about it is queued.
  await tx.query('UPDATE submission SET address_id = $1 WHERE address_id = $2', ids)
  await moveReminders(tx, kept.addressId, gone.addressId)
  await moveCampaigns(tx, kept.addressId, gone.addressId)
  await moveInbounds(tx, seal, kept.addressId, gone.addressId)
  await tx.query(
    `UPDATE outbound SET address_id = $1 WHERE address_id = $2 AND state <> 'sending'`,
    ids,
  )
}

interface SessionRow {
  address_id: number
  updated_at: Date
}

/** One talk of the two; the younger address has none from now on. */
async function joinTalks(tx: Tx, seal: Seal, kept: StoredTalk, gone: StoredTalk) {
  const { rows } = await tx.query<SessionRow>(
    `SELECT address_id, updated_at FROM session
      WHERE address_id IN ($1, $2) ORDER BY length(body) > 0 DESC, updated_at DESC`,
    [kept.addressId, gone.addressId],
  )
  const [last, other] = rows[0]?.address_id === gone.addressId ? [gone, kept] : [kept, gone]
  const session = joinSessions(openSession(seal, last), openSession(seal, other))
  const isEmpty = last.body.length === 0
  const body = isEmpty ? '' : sealSession(seal, kept.addressId, session)
  await tx.query(
    `WITH gone AS (DELETE FROM session WHERE address_id = $2 RETURNING updated_at)
     UPDATE session s SET body = $3,
            updated_at = greatest(s.updated_at, gone.updated_at)
       FROM gone WHERE s.address_id = $1`,
    [kept.addressId, gone.addressId, body],
  )
  await tx.query('UPDATE address SET language = $2 WHERE id = $1', [
    kept.addressId,
    session.language,
  ])
}

/**
 * Who said BERHENTI at either stays left alone; campaigns are as agreed last. Nobody begins to send
 * to the older one while a message of the younger may still be on its way.
 */
async function joinAddresses(tx: Tx, ids: number[]) {
  await tx.query(
    `UPDATE address k
        SET person_id = coalesce(k.person_id, g.person_id),
            stopped_at = coalesce(k.stopped_at, g.stopped_at),
            campaigns_at = (SELECT CASE WHEN c.given THEN c.at END FROM consent c
                             WHERE c.kind = 'campaign'
                               AND c.address_id IN (
                                 SELECT a.id FROM address a
                                  WHERE a.id IN (k.id, g.id) OR a.merged_into IN (k.id, g.id))
                             ORDER BY c.id DESC LIMIT 1),
            blocked_at = NULL,
            sending_until = CASE WHEN k.sending_by IS NULL OR k.sending_until < now()
                                 THEN greatest(k.sending_until, g.sending_until)
                                 ELSE k.sending_until END,
            sending_by = CASE WHEN k.sending_until > now() THEN k.sending_by END
       FROM address g WHERE k.id = $1 AND g.id = $2`,
    ids,
  )
  await tx.query('UPDATE address SET merged_into = $1 WHERE id = $2 OR merged_into = $2', ids)
  await tx.query(
    `UPDATE address_alias al SET address_id = $1,
            sealed = CASE WHEN al.handle = g.handle THEN nullif(g.sealed, '') ELSE al.sealed END
       FROM address g WHERE al.address_id = $2 AND g.id = $2`,
    ids,
  )
}

/** A message that came to both is one message, and answered when it was answered at either. */
async function moveInbounds(tx: Tx, seal: Seal, keptId: number, goneId: number) {
  await tx.query(
    `WITH twice AS (
       DELETE FROM inbound g USING inbound k
        WHERE g.address_id = $2 AND k.address_id = $1 AND k.external_id = g.external_id
        RETURNING k.id, g.state)
     UPDATE inbound SET state = 'done', done_at = now() FROM twice
      WHERE inbound.id = twice.id AND twice.state = 'done' AND inbound.state = 'waiting'`,
    [keptId, goneId],
  )
  const { rows } = await tx.query<{ id: number; external_id: string; words: Buffer }>(
    `SELECT id, external_id, words FROM inbound WHERE address_id = $1 AND words IS NOT NULL`,
    [goneId],
  )
  await tx.query('UPDATE inbound SET address_id = $1 WHERE address_id = $2', [keptId, goneId])
  const words = rows.map((row) =>
    reseal(
      seal,
      row.words,
      wordsPlace(goneId, row.external_id),
      wordsPlace(keptId, row.external_id),
    ),
  )
  await tx.query(
    `UPDATE inbound i SET words = w.words
       FROM unnest($1::bigint[], $2::bytea[]) AS w (id, words) WHERE i.id = w.id`,
    [rows.map((row) => row.id), byteaArray(words)],
  )
}

/** What cannot be opened is moved as it is: it harms no other. */
function reseal(seal: Seal, sealed: Buffer, from: string, to: string): Buffer {
  try {
    return seal.sealWords(seal.open(sealed, from), to)
  } catch (error) {
    if (error instanceof SealError) return sealed
    throw error
  }
}
