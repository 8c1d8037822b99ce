// One value for every fact, for tests of what rests on facts: all people are invented.
import type { VillagePerson } from '../../src/core/posts.ts'
import type { RosterView } from '../../src/core/roster/roster-view.ts'

const people: VillagePerson[] = [
  {
    key: 'post-1',
    role: 'village-head',
    name: 'Budi Contoh',
    sinceOn: '2026-11-20',
    isMe: true,
    isInvited: false,
  },
]

/** A list about which something of every kind is still to be asked. */
const roster: RosterView = {
  ...{
    state: 'asking',
    reason: 'kind-pdf',
    rowsIn: 6,
    accepted: 2,
    known: 1,
    waiting: 2,
    rejected: 1,
    gaps: 2,
  },
  groups: [{ cohort: 'bpd', count: 2 }],
  column: { field: 'nik', options: [{ key: '0:2', label: 'Nomor rahasia' }] },
  lacksPosts: false,
  post: { key: 'juru kunci', label: 'Juru Kunci' },
  gap: { key: '0:4', at: 4, name: 'Anang Contoh', position: 'Kasi Pelayanan', kind: 'nik' },
  troubles: [{ at: 4, name: 'Anang Contoh', reason: 'nik-missing' }],
}

/** A registration that waits for the branch. */
const reviewLine = {
  ...{ key: '7K3M292QXA', receipt: 'SD-7K3M2-92QXA', name: 'Siti Contoh' },
  ...{ village: 'Pasayangan Utara', odd: ['nik-differs', 'membership-unsure'] },
}

/** What the registry might say, by the name of the fact. */
export const someFacts: Record<string, unknown> = {
  'my-submissions': [{ receipt: 'SD-1', state: 'received', createdOn: '2026-11-20' }],
  'my-data': { name: 'Siti Contoh' },
  'my-contributions': {
    ...{ waiting: 0, ended: 0 },
    members: [
      {
        ...{ key: '7K3M292QXA', receipt: 'SD-1', isMine: true },
        ...{ nik: '6303••••••••0001', kpjEnd: '4321', paid: {} },
        membership: {
          ...{ segment: 'bpu', sector: 'other', payer: 'self', baseRupiah: 1_000_000 },
          ...{ programmes: ['jkk', 'jkm'], firstMonth: '2026-10' },
        },
      },
    ],
  },
  'is-reminded': true,
  'submissions-today': 0,
  'has-open-ticket': false,
  stopped: false,
  post: {
    id: 1,
    role: 'village-head',
    area: '63.03.05.2056',
    areaName: 'Pasayangan Utara',
    lock: 'open',
  },
  invite: { role: 'village-operator', areaName: 'Pasayangan Utara' },
  'invite-held': true,
  'pin-check': 'right',
  'village-people': people,
  'village-staff': [
    {
      ...{ key: '1', cohort: 'bpd', position: 'Ketua BPD', name: 'Siti Contoh' },
      ...{ state: 'refused', reason: 'age', said: 'nothing' },
    },
  ],
  campaigns: [
    {
      ...{ key: 'c1', title: 'Ajakan pedagang', state: 'running', isMine: true },
      counts: { chosen: 10, queued: 2, sent: 30, failed: 1, skipped: 7 },
    },
  ],
  'branch-waiting': {
    ...{ submissions: { count: 3, minutes: 190 }, tickets: { count: 1, minutes: 20 } },
    ...{ alarms: { count: 0, minutes: 0 }, exports: { count: 0, minutes: 0 } },
    members: { count: 2, minutes: 40 },
  },
  'branch-tickets': [
    {
      ...{ key: '11', reason: 'question', waitsMinutes: 90, place: 'Desa Rekaan' },
      ...{ heldBy: 'nobody', words: 'Kapan kartunya datang?' },
    },
  ],
  'branch-ticket': {
    ...{ key: '11', reason: 'question', waitsMinutes: 90, place: 'Desa Rekaan' },
    ...{ heldBy: 'another', words: 'Kapan kartunya datang?' },
    lines: [{ from: 'person', words: 'Halo' }],
  },
  'ticket-held': true,
  'review-queue': { count: 12, lines: [reviewLine] },
  'review-card': {
    ...{ ...reviewLine, nik: '6303••••••••0001', place: 'Pasayangan Utara, Kec. Martapura' },
    ...{ way: 'village', occupation: '', cohort: 'bpd', position: 'Ketua BPD' },
    ...{ createdOn: '2026-11-20', differs: ['sex'], twice: 1, said: ['Halo'], mayAccept: true },
  },
  'review-held': 'free',
  'review-left': 3,
  'staff-today': 0,
  'residents-today': 0,
  'my-residents': {
    ...{ total: 25, registered: 1, waiting: 23, refused: 1 },
    newest: [
      { receipt: 'SD-1', name: 'Siti Contoh', state: 'registered', said: 'agreed' },
      { receipt: 'SD-2', name: 'Budi Contoh', state: 'waiting', said: 'objected' },
      { receipt: 'SD-3', name: 'Noor Contoh', state: 'refused', said: 'objected' },
    ],
  },
  'area-overview': {
    ...{ villages: 198, aware: 3, underWay: 20, registeredYearAgo: 40 },
    cohorts: [{ cohort: 'bpd', posts: 990, registered: 55, waiting: 7 }],
  },
  'staff-entry': {
    ...{ kind: 'staff', cohort: 'bpd', position: 'Ketua BPD', villageName: 'Pasayangan Utara' },
    ...{ name: 'Siti Contoh', nik: '6303••••••••0001' },
  },
  'village-dues': {
    ...{ people: 3, claimed: 0, unknown: 0, unknownMonths: [] },
    groups: [
      {
        ...{ cohort: 'bpd', segment: 'pu', people: 3, months: ['2026-10'], totalRupiah: 32_400 },
        ...{ nominalDueOn: '2026-11-15', isLate: true, isSure: true },
      },
    ],
  },
  'village-sadar': {
    ...{ isSadar: true, sinceOn: '2026-11-21', ordinal: 1 },
    ...{ agreement: 'PER/12/112026', code: '7K3M292QXA' },
  },
  roster,
  'village-cohorts': [{ cohort: 'bpd', posts: 5, fund: 'add' }],
}
