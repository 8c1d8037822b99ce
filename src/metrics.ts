// Figures about the running program for whoever watches it; none about people.
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Runtime } from './runtime.ts'

/** A registry whose gauges are read from the rows when they are asked for. */
export function createMetrics({ db }: Pick<Runtime, 'db'>): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, query: string) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const { rows } = await db.pool.query<{ count: number }>(query)
        this.set(rows[0]?.count ?? 0)
      },
    })
  const count = (table: string, state: string) =>
    `SELECT count(*) AS count FROM ${table} WHERE state = '${state}'`
  gauge('sapa_inbound_waiting', 'Messages not answered yet', count('inbound', 'waiting'))
  gauge('sapa_inbound_parked', 'Messages that a person must look at', count('inbound', 'parked'))
  gauge('sapa_outbound_waiting', 'Messages not sent yet', count('outbound', 'waiting'))
  gauge('sapa_outbound_failed', 'Messages that did not arrive', count('outbound', 'failed'))
  gauge('sapa_submissions_waiting', 'Submissions not handled yet', count('submission', 'waiting'))
  gauge('sapa_submissions_parked', 'Submissions for an officer', count('submission', 'parked'))
  gauge('sapa_tickets_open', 'People who wait for an officer', count('ticket', 'open'))
  const alarms = 'SELECT count(*) AS count FROM alarm WHERE closed_at IS NULL'
  gauge('sapa_alarms_open', 'Troubles that an officer must see to', alarms)
  return registry
}
