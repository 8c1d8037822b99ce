// Mesin: whether everything runs, what does not, and what can be done about it.
import { closeAlarm, isAlarm, listAlarms } from '../../../registry/alarms.ts'
import { appendAudit } from '../../../registry/audit.ts'
import { listHeldAccounts, listHeldBack, readWork } from '../../../registry/machine-state.ts'
import type { QueueState } from '../../../runtime.ts'
import { type Html, html } from '../../html.ts'
import { postForm } from '../form.ts'
import { readMachine, sayAlarm } from '../machine-state.ts'
import { showCount, showMoment } from '../moments.ts'
import { table } from '../table.ts'
import type { OfficePage, Visit } from '../visit.ts'
import { erasuresPart } from './erasures.ts'

/** The machine in one sentence, then its parts. */
export const machinePage: OfficePage = async (visit) => {
  const { say, ground, officer } = visit
  const [{ lead, parts }, ...tables] = await Promise.all([
    readMachine(ground, say),
    alarmsPart(visit),
    channelsPart(visit),
    queuesPart(visit),
    heldPart(visit),
    erasuresPart(visit),
  ])
  const marks = parts.map(
    ({ isWell, words }) => html`<li class="${isWell ? 'on' : 'off'}">${words}</li>`,
  )
  const isHead = officer.role === 'branch-head'
  const links = html`<p class="filter"><a href="/kantor/mesin/jejak">${say('machine-trail')}</a>
<a href="/kantor/mesin/terkena">${say('machine-affected')}</a></p>`
  const body = html`<div data-stream="/kantor/kabar?tentang=mesin" aria-live="polite">
<p class="lead" data-live="lead">${lead}</p><ul class="states">${marks}</ul></div>
${isHead && links}
${tables}`
  return { title: say('machine'), body }
}

async function alarmsPart(visit: Visit): Promise<Html> {
  const { say, ground } = visit
  const alarms = await listAlarms(ground.db.pool)
  const rows = alarms.map((alarm) => [
    sayAlarm(visit, alarm.kind),
    alarm.channel,
    showMoment(alarm.raisedAt, ground.book.branch.zone),
    alarm.detail,
    postForm(
      visit,
      `/mesin/gangguan/${alarm.id}/selesai`,
      html`<button class="plain">${say('machine-alarm-done')}</button>`,
    ),
  ])
  const columns = ['machine-alarm-what', 'machine-channel', 'machine-since', 'machine-detail']
  return html`<h2>${say('machine-alarms')}</h2>
${
  rows.length > 0
    ? table(say, [...columns, 'office-does'], rows)
    : html`<p>${say('machine-no-alarms')}</p>`
}`
}

/** Somebody has seen to an alarm. Once more changes nothing. */
export const closeAlarmPage: OfficePage = async ({ ground, actor, part }) => {
  const id = Number(part('id'))
  if (!Number.isSafeInteger(id) || !(await isAlarm(ground.db.pool, id))) return undefined
  await ground.db.transaction((tx) => closeAlarm(tx, id, actor))
  return { to: '/mesin', told: 'alarm-done' }
}

async function channelsPart({ say, ground }: Visit): Promise<Html> {
  const { db, config, channels, machine, book } = ground
  const held = await listHeldAccounts(db.pool)
  const own = [...channels.values()].filter(({ name }) => name !== 'console')
  const rows = own.map((channel) => [say(`office-channel-${channel.name}`), channel.state()])
  const link = machine.linkPage()
  const { ROLE: role } = config
  const none =
    role === 'all' ? say('machine-no-channels') : say('machine-channels-elsewhere', { role })
  const accounts = held.map(({ name, holder, until }) => [
    name,
    holder,
    showMoment(until, book.branch.zone),
  ])
  return html`<h2>${say('machine-channels')}</h2>
${rows.length > 0 ? table(say, ['machine-channel', 'office-state'], rows) : html`<p>${none}</p>`}
${link && html`<p><a class="button" href="${link}">${say('machine-link')}</a></p>`}
${
  accounts.length > 0 &&
  table(say, ['machine-account', 'machine-holder', 'machine-until'], accounts)
}`
}

async function queuesPart(visit: Visit): Promise<Html> {
  const { say, ground } = visit
  const { zone } = ground.book.branch
  const [work, bells] = await Promise.all([
    readWork(ground.db.pool),
    ground.machine.states().catch(() => []),
  ])
  const since = (at: Date | null | undefined) => (at ? showMoment(at, zone) : '–')
  const rows = work.map(({ kind, waiting, failed, oldestAt }) => [
    say(`machine-work-${kind}`),
    showCount(waiting),
    since(oldestAt),
    showCount(failed),
  ])
  const again = ({ name, failed }: QueueState) =>
    failed > 0
      ? postForm(
          visit,
          `/mesin/antrean/${name}/ulang`,
          html`<button class="plain">${say('machine-retry', { count: `${failed}` })}</button>`,
        )
      : ''
  const jobs = bells.map((one) => [
    one.name,
    showCount(one.waiting),
    showCount(one.running),
    since(one.oldestAt),
    showCount(one.failed),
    again(one),
  ])
  const columns = ['#machine-waiting', 'machine-oldest', '#machine-gone-wrong']
  const bellColumns = ['#machine-waiting', '#machine-running', 'machine-oldest']
  return html`<h2>${say('machine-queues')}</h2>
<p class="soft">${say('machine-queues-note')}</p>
${table(say, ['machine-work', ...columns], rows)}
<h3>${say('machine-bells')}</h3>
<p class="soft">${say('machine-bells-note')}</p>
${table(say, ['machine-bell', ...bellColumns, '#machine-gone-wrong', 'office-does'], jobs)}`
}

/** Rings again for what failed; the rows decide what there is to do, so twice harms nothing. */
export const retryQueue: OfficePage = async ({ ground, actor, part }) => {
  const queues = await ground.machine.states()
  const queue = queues.find(({ name }) => name === part('name'))
  if (!queue) return undefined
  const count = await ground.machine.retry(queue.name)
  if (count > 0) {
    await ground.db.transaction((tx) =>
      appendAudit(tx, actor, 'retry-queue', `queue:${queue.name}`, { count }),
    )
  }
  return { to: '/mesin', told: 'queue-again' }
}

async function heldPart({ say, ground }: Visit): Promise<Html> {
  const held = await listHeldBack(ground.db.pool)
  const rows = held.map((one) => [
    one.channel,
    say(`machine-class-${one.class}`),
    showCount(one.count),
    ground.book.phrases.has(`machine-held-${one.reason || 'later'}`)
      ? say(`machine-held-${one.reason || 'later'}`)
      : one.reason,
    showMoment(one.untilAt, ground.book.branch.zone),
  ])
  const columns = ['machine-channel', 'machine-class', '#machine-count', 'machine-why']
  return html`<h2>${say('machine-held')}</h2>
${
  rows.length > 0
    ? table(say, [...columns, 'machine-until'], rows)
    : html`<p>${say('machine-nothing-held')}</p>`
}`
}
