// Every page and action of the workplace, and who may use it. A new one is a line here and a file.
import type { Role } from '../../core/roles.ts'
import {
  attachmentFile,
  attachPage,
  detachPage,
  leaveListPage,
  maxBytes,
  takeListPage,
} from './campaigns/attach.ts'
import {
  changeCampaignPage,
  newCampaign,
  saveCampaign,
  saveNewCampaign,
} from './campaigns/compose.ts'
import { campaignsPage, countCampaigns } from './campaigns/list.ts'
import { campaignNews, campaignPage } from './campaigns/one.ts'
import { recipientsPage } from './campaigns/people.ts'
import { campaignResults } from './campaigns/results.ts'
import {
  approveCampaign,
  cancelCampaign,
  goOnCampaign,
  handInPage,
  pauseCampaign,
  resumeCampaign,
  testCampaignPage,
} from './campaigns/steps.ts'
import { affectedFile, affectedPage } from './pages/affected.ts'
import { auditPage, checkAudit } from './pages/audit.ts'
import {
  conversationPage,
  conversationsPage,
  countWaiting,
  sayInConversation,
  takeConversation,
} from './pages/conversations.ts'
import { devicesPage, endDevice, signOut } from './pages/devices.ts'
import {
  approveExportPage,
  askExportPage,
  cancelExportPage,
  takeExportPage,
} from './pages/exports.ts'
import { bookFile, flowPage, flowsPage } from './pages/flows.ts'
import { importFilePage, importPage, maxImportBytes, takeImport } from './pages/imports.ts'
import { inOutPage } from './pages/in-out.ts'
import { closeAlarmPage, machinePage, retryQueue } from './pages/machine.ts'
import { newsPage } from './pages/news.ts'
import { placePage, regenciesPage } from './pages/places.ts'
import { todayPage } from './pages/today.ts'
import { confirmActive, endIt, reopenIt, resumeIt, seeWage } from './people/membership.ts'
import { personPage } from './people/person.ts'
import { findPeople, peoplePage } from './people/search.ts'
import { toCheckPage } from './people/to-check.ts'
import { accept, ask, refuse, retry, reveal, undo } from './review/doing.ts'
import { apart, merge } from './review/merging.ts'
import { reviewPage } from './review/one.ts'
import { countToReview, queuePage } from './review/queue.ts'
import type { OfficePage, Route } from './visit.ts'

/** Everybody who signs in. What is for heads only says so in its own line. */
const officers: readonly Role[] = ['branch-officer', 'branch-head']
/** The trail, and who was affected by an account: for the head alone. */
const heads = { roles: ['branch-head'] } as const
const exported = { subject: 'export' } as const
const answers = { subject: 'answer-import' } as const
const payments = { subject: 'payment-import' } as const
const campaign = { subject: 'campaign' } as const
const pinned = { ...campaign, needsPin: true } as const

type More = Partial<Omit<Route, 'method' | 'path' | 'page'>>

function get(path: string, page: OfficePage, more: More = {}): Route {
  return { method: 'get', path, roles: officers, page, ...more }
}

function post(path: string, page: OfficePage, more: More = {}): Route {
  return { method: 'post', path, roles: officers, page, ...more }
}

const submission = { subject: 'submission' } as const
const ticket = { subject: 'ticket' } as const

/** The table: what is not in it does not exist. The menu shows its rows in this order. */
export const routes: readonly Route[] = [
  get('/', todayPage, { menu: 'office-menu-today' }),
  get('/kabar', newsPage),
  get('/periksa', queuePage, { menu: 'office-menu-review', count: countToReview }),
  get('/periksa/:receipt', reviewPage, submission),
  post('/periksa/:receipt/terima', accept, submission),
  post('/periksa/:receipt/tolak', refuse, submission),
  post('/periksa/:receipt/tanya', ask, submission),
  post('/periksa/:receipt/ulang', retry, submission),
  post('/periksa/:receipt/gabung', merge, submission),
  post('/periksa/:receipt/beda', apart, submission),
  post('/periksa/:receipt/urungkan', undo, submission),
  post('/periksa/:receipt/buka', reveal, { ...submission, needsPin: true }),
  get('/percakapan', conversationsPage, { menu: 'office-menu-talks', count: countWaiting }),
  get('/percakapan/:id', conversationPage, ticket),
  post('/percakapan/:id', sayInConversation, ticket),
  post('/percakapan/:id/ambil', takeConversation, ticket),
  get('/desa', regenciesPage, { menu: 'office-menu-places' }),
  get('/desa/:code', placePage, { subject: 'area' }),
  get('/orang', peoplePage, { menu: 'office-menu-people' }),
  post('/orang', findPeople),
  get('/orang/:receipt', personPage, submission),
  get('/kampanye', campaignsPage, { menu: 'office-campaigns', count: countCampaigns }),
  get('/kampanye/baru', newCampaign),
  post('/kampanye/baru', saveNewCampaign),
  get('/kampanye/:id', campaignPage, campaign),
  get('/kampanye/:id/kabar', campaignNews, campaign),
  get('/kampanye/:id/ubah', changeCampaignPage, campaign),
  post('/kampanye/:id/ubah', saveCampaign, campaign),
  get('/kampanye/:id/berkas', attachmentFile, campaign),
  post('/kampanye/:id/lampiran', attachPage, { ...campaign, maxBytes: maxBytes.attachment }),
  post('/kampanye/:id/lampiran-lepas', detachPage, campaign),
  post('/kampanye/:id/daftar', takeListPage, { ...campaign, maxBytes: maxBytes.list }),
  post('/kampanye/:id/daftar-lepas', leaveListPage, campaign),
  get('/kampanye/:id/penerima', recipientsPage, campaign),
  get('/kampanye/:id/hasil', campaignResults, campaign),
  post('/kampanye/:id/uji', testCampaignPage, campaign),
  post('/kampanye/:id/serahkan', handInPage, pinned),
  post('/kampanye/:id/setujui', approveCampaign, pinned),
  post('/kampanye/:id/semua', goOnCampaign, pinned),
  post('/kampanye/:id/jeda', pauseCampaign, campaign),
  post('/kampanye/:id/lanjut', resumeCampaign, campaign),
  post('/kampanye/:id/batal', cancelCampaign, campaign),
  post('/orang/:receipt/aktif', confirmActive, { ...submission, needsPin: true }),
  post('/orang/:receipt/akhiri', endIt, { ...submission, needsPin: true }),
  post('/orang/:receipt/buka', reopenIt, { ...submission, needsPin: true }),
  post('/orang/:receipt/kembali', resumeIt, { ...submission, needsPin: true }),
  post('/orang/:receipt/upah', seeWage, submission),
  get('/kepesertaan', toCheckPage),
  get('/masuk-keluar', inOutPage, { menu: 'in-out' }),
  post('/masuk-keluar/ekspor', askExportPage, { needsPin: true }),
  post('/masuk-keluar/ekspor/:id/setujui', approveExportPage, { ...exported, needsPin: true }),
  post('/masuk-keluar/ekspor/:id/batal', cancelExportPage, exported),
  post('/masuk-keluar/ekspor/:id/unduh', takeExportPage, { ...exported, needsPin: true }),
  post('/masuk-keluar/jawaban', takeImport('answer'), { maxBytes: maxImportBytes }),
  get('/masuk-keluar/jawaban/:id', importPage('answer'), answers),
  get('/masuk-keluar/jawaban/:id/berkas', importFilePage('answer'), answers),
  post('/masuk-keluar/iuran', takeImport('payment'), { maxBytes: maxImportBytes }),
  get('/masuk-keluar/iuran/:id', importPage('payment'), payments),
  get('/masuk-keluar/iuran/:id/berkas', importFilePage('payment'), payments),
  get('/alur', flowsPage, { menu: 'flows' }),
  get('/alur/semua', bookFile),
  get('/alur/:name', flowPage, { subject: 'flow' }),
  get('/mesin', machinePage, { menu: 'machine-menu' }),
  post('/mesin/gangguan/:id/selesai', closeAlarmPage, { subject: 'alarm' }),
  post('/mesin/antrean/:name/ulang', retryQueue, { subject: 'queue' }),
  get('/mesin/jejak', auditPage, heads),
  post('/mesin/jejak/periksa', checkAudit, heads),
  get('/mesin/terkena', affectedPage, heads),
  post('/mesin/terkena/berkas', affectedFile, { ...heads, needsPin: true }),
  get('/perangkat', devicesPage),
  post('/perangkat/:id/keluarkan', endDevice, { subject: 'device' }),
  post('/keluar', signOut),
]
