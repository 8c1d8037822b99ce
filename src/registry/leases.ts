// Leases: of all processes, one may use an account; by the database's clock, and never two.
import type { Tx } from './database.ts'

/** What a new owner gets. */
export interface ChannelLease {
  /** Grows with every take: whoever brings a lower one is no longer the owner. */
  fence: number
}

/**
 * Takes a lease for so many seconds from now. Undefined while somebody else has it. A holder that
 * takes its own again gets a new fence too, so that what it left behind is shut out.
 */
export async function takeLease(
  tx: Tx,
  name: string,
  holder: string,
  seconds: number,
): Promise<ChannelLease | undefined> {
  const { rows } = await tx.query<ChannelLease>(
    `INSERT INTO channel_lease AS l (name, holder, fence, until)
     VALUES ($1, $2, 1, clock_timestamp() + make_interval(secs => $3))
     ON CONFLICT (name) DO UPDATE
       SET holder = excluded.holder, fence = l.fence + 1,
           until = clock_timestamp() + make_interval(secs => $3)
       WHERE l.until < clock_timestamp() OR l.holder = excluded.holder
     RETURNING fence`,
    [name, holder, seconds],
  )
  return rows[0]
}

/** Makes a lease last so many seconds from now. False when it ran out or has another owner. */
export async function renewLease(
  tx: Tx,
  name: string,
  holder: string,
  fence: number,
  seconds: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE channel_lease SET until = clock_timestamp() + make_interval(secs => $4)
      WHERE name = $1 AND holder = $2 AND fence = $3 AND until > clock_timestamp()`,
    [name, holder, fence, seconds],
  )
  return rowCount === 1
}

/** Gives a lease back before its time; does nothing when it has another owner already. */
export async function endLease(tx: Tx, name: string, holder: string, fence: number) {
  await tx.query(
    `UPDATE channel_lease SET until = '-infinity'
      WHERE name = $1 AND holder = $2 AND fence = $3`,
    [name, holder, fence],
  )
}

/** Who has a lease now; undefined when nobody has. */
export async function findLease(
  tx: Tx,
  name: string,
): Promise<(ChannelLease & { holder: string }) | undefined> {
  const { rows } = await tx.query<ChannelLease & { holder: string }>(
    'SELECT holder, fence FROM channel_lease WHERE name = $1 AND until > clock_timestamp()',
    [name],
  )
  return rows[0]
}
