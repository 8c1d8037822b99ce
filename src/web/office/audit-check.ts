// Follows the chain of the audit trail in the background: the pages only tell how far it is.
import { type ChainPiece, countAudit, followAudit } from '../../registry/audit-trail.ts'
import type { Database } from '../../registry/database.ts'

/** How far a check is, or how it ended. */
export interface AuditCheck {
  checked: number
  total: number
  startedAt: Date
  endedAt?: Date
  /** The first line that is not what was written. */
  brokenId?: number
  /** The database could not be asked to the end. */
  hasFailed?: true
}

/** Lines looked at in one go: few enough that nobody waits for them. */
const step = 1_000

/** The newest check of each database; one at a time. */
const checks = new WeakMap<Database, AuditCheck>()

/** The check that is under way or was the last of this process. */
export function findCheck(db: Database): AuditCheck | undefined {
  return checks.get(db)
}

/** Begins a check unless one is under way; it goes on by itself. */
export function beginCheck(db: Database): AuditCheck {
  const before = checks.get(db)
  if (before && !before.endedAt) return before
  const check: AuditCheck = { checked: 0, total: 0, startedAt: new Date() }
  checks.set(db, check)
  follow(db, check)
    .catch(() => {
      check.hasFailed = true
    })
    .finally(() => {
      check.endedAt = new Date()
    })
  return check
}

async function follow({ pool }: Database, check: AuditCheck) {
  check.total = await countAudit(pool)
  let piece: ChainPiece = { lastId: 0, lastHash: Buffer.alloc(0) }
  while (piece.lastId < check.total) {
    piece = await followAudit(pool, piece, Math.min(step, check.total - piece.lastId))
    check.checked = piece.lastId
    if (piece.brokenId !== undefined) {
      check.brokenId = piece.brokenId
      return
    }
  }
}
