// Who is signed in to the workplace: links that work once, devices, and how each of them ends.
import { createHash, randomBytes } from 'node:crypto'
import {
  officeIdleMinutes,
  officeMostHours,
  pinFreshMinutes,
  signInMinutes,
  wrongPinsAllowed,
} from '../core/limits.ts'
import { must } from '../core/must.ts'
import type { Role } from '../core/roles.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import { checkPin, getPost, postPlace } from './posts.ts'
import { type Seal, SealError } from './seal.ts'

const linkPlace = 'office-link:'

/**
 * The last part of a link that signs this address in to the workplace, once; an earlier one that
 * nobody used stops working. Throws where the address has no post at the branch.
 */
export async function makeSignInLink(
  tx: Tx,
  seal: Seal,
  addressId: number,
  madeBy?: string,
): Promise<string> {
  const post = await getPost(tx, addressId, 'branch')
  const by = madeBy ?? `post:${post.id}`
  await tx.query(
    `UPDATE office_link SET expires_at = now()
      WHERE post_id = $1 AND used_at IS NULL AND expires_at > now()`,
    [post.id],
  )
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO office_link (post_id, made_by, expires_at)
     VALUES ($1, $2, now() + make_interval(mins => $3)) RETURNING id`,
    [post.id, by, signInMinutes],
  )
  await appendAudit(tx, by, 'make-sign-in-link', `post:${post.id}`)
  return seal.seal(String(must(rows[0], 'the link').id), linkPlace).toString('base64url')
}

/** The address of a link into the workplace, on the site that begins at `root`. */
export function signInAddress(root: string, token: string): string {
  return `${root.replace(/\/$/, '')}/kantor/masuk/${token}`
}

/** The number of a link; undefined for one that was not made here, letter by letter. */
function openLink(seal: Seal, token: string): number | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.toString('base64url') !== token) return undefined
  try {
    const id = Number(seal.open(bytes, linkPlace))
    return Number.isSafeInteger(id) ? id : undefined
  } catch (error) {
    if (error instanceof SealError) return undefined
    throw error
  }
}

/** Not used, not over, and whoever it is for still has the post. */
const isGood = `l.id = $1 AND l.used_at IS NULL AND l.expires_at > now()
  AND p.id = l.post_id AND p.revoked_at IS NULL AND p.wrong_pins < $2
  AND p.role IN ('branch-officer', 'branch-head')`

/** Whether a link would sign somebody in; looking does not use it up. */
export async function isSignInLink(tx: Tx, seal: Seal, token: string): Promise<boolean> {
  const id = openLink(seal, token)
  if (id === undefined) return false
  const { rows } = await tx.query(`SELECT FROM office_link l, post p WHERE ${isGood}`, [
    id,
    wrongPinsAllowed,
  ])
  return rows.length > 0
}

/** Uses a link up and gives what the browser is to keep; undefined where the link is not good. */
export async function signIn(
  tx: Tx,
  seal: Seal,
  token: string,
  device: string,
): Promise<string | undefined> {
  const id = openLink(seal, token)
  if (id === undefined) return undefined
  const { rows } = await tx.query<{ post_id: number }>(
    `UPDATE office_link l SET used_at = now() FROM post p WHERE ${isGood} RETURNING l.post_id`,
    [id, wrongPinsAllowed],
  )
  const post = rows[0]?.post_id
  if (post === undefined) return undefined
  const kept = randomBytes(32).toString('base64url')
  const { rows: made } = await tx.query<{ id: number }>(
    `INSERT INTO office_session (post_id, token_hash, device, expires_at)
     VALUES ($1, $2, $3, now() + make_interval(hours => $4)) RETURNING id`,
    [post, hashOf(kept), device, officeMostHours],
  )
  const session = must(made[0], 'the session').id
  await appendAudit(tx, `post:${post}`, 'sign-in', `office-session:${session}`, { device })
  return kept
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Whoever is signed in, as their post is at this moment. */
export interface Officer {
  sessionId: number
  postId: number
  addressId: number
  role: Role
  /** Codes of regencies with blanks between. */
  area: string
  name: string
  /** The PIN was typed on this device a short while ago. */
  isPinFresh: boolean
}

interface OfficerRow extends Omit<Officer, 'name'> {
  name: Buffer
}

/** Who holds this token; looking keeps them signed in. Undefined once it is over or was ended. */
export async function findOfficer(tx: Tx, seal: Seal, token: string): Promise<Officer | undefined> {
  const { rows } = await tx.query<OfficerRow>({
    name: 'find-officer',
    text: `UPDATE office_session s SET seen_at = now() FROM post p
            WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > now()
              AND s.seen_at > now() - make_interval(mins => $2)
              AND p.id = s.post_id AND p.revoked_at IS NULL AND p.wrong_pins < $3
            RETURNING s.id AS "sessionId", p.id AS "postId", p.address_id AS "addressId", p.role,
                      p.area, p.name,
                      coalesce(s.pin_at > now() - make_interval(mins => $4), false)
                        AS "isPinFresh"`,
    values: [hashOf(token), officeIdleMinutes, wrongPinsAllowed, pinFreshMinutes],
  })
  const row = rows[0]
  return row && { ...row, name: seal.open(row.name, postPlace(row.addressId)) }
}

/** Whether a browser is signed in still; asking does not keep it signed in. */
export async function isSessionOpen(tx: Tx, sessionId: number): Promise<boolean> {
  const { rows } = await tx.query(
    `SELECT FROM office_session s JOIN post p ON p.id = s.post_id AND p.revoked_at IS NULL
      WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > now() AND p.wrong_pins < $3
        AND s.seen_at > now() - make_interval(mins => $2)`,
    [sessionId, officeIdleMinutes, wrongPinsAllowed],
  )
  return rows.length > 0
}

/** Tries the PIN of whoever is signed in; right opens what is dangerous for a few minutes. */
export async function confirmPin(tx: Tx, seal: Seal, officer: Officer, pin: string) {
  const found = await checkPin(tx, seal, officer.addressId, pin, 'office')
  if (found === 'right') {
    await tx.query('UPDATE office_session SET pin_at = now() WHERE id = $1', [officer.sessionId])
  }
  return found
}

/** A browser that is signed in. */
export interface Device {
  id: number
  postId: number
  device: string
  createdAt: Date
  seenAt: Date
}

/** The browsers signed in now, those seen last first: of one post, or of everybody. */
export async function listDevices(tx: Tx, postId?: number): Promise<Device[]> {
  const { rows } = await tx.query<Device>(
    `SELECT s.id, s.post_id AS "postId", s.device, s.created_at AS "createdAt",
            s.seen_at AS "seenAt"
       FROM office_session s JOIN post p ON p.id = s.post_id AND p.revoked_at IS NULL
      WHERE s.ended_at IS NULL AND s.expires_at > now()
        AND s.seen_at > now() - make_interval(mins => $1)
        AND ($2::bigint IS NULL OR s.post_id = $2) ORDER BY s.seen_at DESC, s.id DESC`,
    [officeIdleMinutes, postId ?? null],
  )
  return rows
}

/**
 * Signs a browser out, of this post or of any; one that is signed out already stays so. False where
 * there never was such a one.
 */
export async function endSession(
  tx: Tx,
  id: number,
  by: string,
  postId?: number,
): Promise<boolean> {
  const { rows } = await tx.query<{ is_new: boolean }>(
    `UPDATE office_session
        SET ended_at = coalesce(ended_at, now()), ended_by = coalesce(ended_by, $2)
      WHERE id = $1 AND ($3::bigint IS NULL OR post_id = $3)
      RETURNING ended_at = now() AS is_new`,
    [id, by, postId ?? null],
  )
  if (rows[0]?.is_new) await appendAudit(tx, by, 'sign-out', `office-session:${id}`)
  return rows.length > 0
}
