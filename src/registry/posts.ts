// Posts: who may do what where, under which PIN. A post is ended, never changed or removed.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { nameArea } from '../core/area.ts'
import type { Book } from '../core/book.ts'
import { idleMinutes, wrongPinsAllowed } from '../core/limits.ts'
import { must } from '../core/must.ts'
import type { Post } from '../core/posts.ts'
import { type Audience, mayUse, type Role } from '../core/roles.ts'
import { appendAudit } from './audit.ts'
import type { Tx } from './database.ts'
import type { Seal } from './seal.ts'

interface PostRow {
  id: number
  role: Role
  area: string
  lock: Post['lock']
}

/** The post of an address as it is now; while it is unlocked, looking keeps it so for a while. */
export async function findPost(tx: Tx, book: Book, addressId: number): Promise<Post | undefined> {
  const { rows } = await tx.query<PostRow>({
    name: 'find-post',
    text: `UPDATE post
              SET unlocked_until = CASE WHEN unlocked_until > now()
                                        THEN now() + make_interval(mins => $2) END
            WHERE address_id = $1 AND revoked_at IS NULL
            RETURNING id, role, area,
                      CASE WHEN wrong_pins >= $3 THEN 'shut'
                           WHEN unlocked_until IS NULL THEN 'idle' ELSE 'open' END AS lock`,
    values: [addressId, idleMinutes, wrongPinsAllowed],
  })
  const row = rows[0]
  return row && { ...row, areaName: nameArea(book.places, row.area) }
}

/** The post under which an address may do what is for this audience. Throws where there is none. */
export async function getPost(tx: Tx, addressId: number, audience: Audience) {
  const { rows } = await tx.query<Pick<PostRow, 'id' | 'role' | 'area'>>(
    'SELECT id, role, area FROM post WHERE address_id = $1 AND revoked_at IS NULL',
    [addressId],
  )
  const post = rows[0]
  return must(post && mayUse(post.role, audience) ? post : undefined, `a post as ${audience}`)
}

/** What makes a post. */
export interface NewPost {
  addressId: number
  role: Role
  area: string
  name: string
  pin: string
  grantedBy: string
}

/** Gives an address a post; its earlier one ends, and that of the head before in the same village. */
export async function grantPost(tx: Tx, seal: Seal, given: NewPost) {
  const { addressId, role, area, grantedBy } = given
  await tx.query(
    `UPDATE post SET revoked_at = now(), revoked_by = $4
      WHERE revoked_at IS NULL
        AND (address_id = $1 OR ($2 = 'village-head' AND role = $2 AND area = $3))`,
    [addressId, role, area, grantedBy],
  )
  const salt = randomBytes(16)
  const { rows } = await tx.query<{ id: number }>(
    `INSERT INTO post (address_id, role, area, name, pin_salt, pin_hash, unlocked_until, granted_by)
     VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(mins => $7), $8) RETURNING id`,
    [
      addressId,
      role,
      area,
      seal.seal(given.name, postPlace(addressId)),
      salt,
      await hashPin(seal, salt, given.pin),
      idleMinutes,
      grantedBy,
    ],
  )
  const id = must(rows[0], 'the post').id
  await appendAudit(tx, grantedBy, 'grant-post', `post:${id}`, { role, area })
}

/** Where the name of whoever has a post is sealed. */
export function postPlace(addressId: number): string {
  return `post.name:${addressId}`
}

/** Slow on purpose, and worth nothing without the program's key: a million PINs are soon tried. */
function hashPin(seal: Seal, salt: Buffer, pin: string): Promise<Buffer> {
  const peppered = seal.blindIndex('pin', `${salt.toString('hex')}:${pin}`)
  return new Promise((resolve, reject) => {
    scrypt(peppered, salt, 32, (error, hash) => (error ? reject(error) : resolve(hash)))
  })
}

/**
 * Tries a PIN: right unlocks the post, wrong is counted, and too many wrong ones shut it. Typed
 * elsewhere than in the chat (`at: 'office'`) it leaves the chat locked.
 */
export async function checkPin(
  tx: Tx,
  seal: Seal,
  addressId: number,
  pin: string,
  at: 'chat' | 'office' = 'chat',
): Promise<'right' | 'wrong' | 'shut'> {
  const { rows } = await tx.query<{
    id: number
    pin_salt: Buffer
    pin_hash: Buffer
    wrong_pins: number
  }>(
    `SELECT id, pin_salt, pin_hash, wrong_pins FROM post
      WHERE address_id = $1 AND revoked_at IS NULL FOR UPDATE`,
    [addressId],
  )
  const post = must(rows[0], 'a post')
  const isRight = timingSafeEqual(await hashPin(seal, post.pin_salt, pin), post.pin_hash)
  if (post.wrong_pins >= wrongPinsAllowed) return 'shut'
  const { rows: changed } = await tx.query<{ wrong_pins: number }>(
    `UPDATE post SET wrong_pins = CASE WHEN $2 THEN 0 ELSE wrong_pins + 1 END,
            unlocked_until = CASE WHEN $4 = 'office' THEN unlocked_until
                                  WHEN $2 THEN now() + make_interval(mins => $3) END
      WHERE id = $1 RETURNING wrong_pins`,
    [post.id, isRight, idleMinutes, at],
  )
  if (isRight) return 'right'
  if (must(changed[0], 'the post').wrong_pins < wrongPinsAllowed) return 'wrong'
  await appendAudit(tx, `post:${post.id}`, 'shut-post', `post:${post.id}`)
  return 'shut'
}
