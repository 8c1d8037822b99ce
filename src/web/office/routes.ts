// Every page and action of the workplace, and who may use it. A new one is a line here and a file.
import type { Role } from '../../core/roles.ts'
import { affectedFile, affectedPage } from './pages/affected.ts'
import { auditPage, checkAudit } from './pages/audit.ts'
import { devicesPage, endDevice, signOut } from './pages/devices.ts'
import {
  approveExportPage,
  askExportPage,
  cancelExportPage,
  takeExportPage,
} from './pages/exports.ts'
import { flowPage, flowsPage } from './pages/flows.ts'
import { importFilePage, importPage, maxImportBytes, takeImport } from './pages/imports.ts'
import { inOutPage } from './pages/in-out.ts'
import { closeAlarmPage, machineNews, machinePage, retryQueue } from './pages/machine.ts'
import { placePage, regenciesPage } from './pages/places.ts'
import { todayPage } from './pages/today.ts'
import type { Route } from './visit.ts'

const officers: readonly Role[] = ['branch-officer', 'branch-head']
const heads: readonly Role[] = ['branch-head']

/** The table: what is not in it does not exist. The menu shows its rows in this order. */
export const routes: readonly Route[] = [
  { method: 'get', path: '/', roles: officers, page: todayPage, menu: 'office-menu-today' },
  {
    method: 'get',
    path: '/desa',
    roles: officers,
    page: regenciesPage,
    menu: 'office-menu-places',
  },
  { method: 'get', path: '/desa/:code', roles: officers, page: placePage, subject: 'area' },
  { method: 'get', path: '/masuk-keluar', roles: officers, page: inOutPage, menu: 'in-out' },
  {
    ...{ method: 'post', path: '/masuk-keluar/ekspor', roles: officers },
    ...{ page: askExportPage, needsPin: true },
  },
  {
    ...{ method: 'post', path: '/masuk-keluar/ekspor/:id/setujui', roles: officers },
    ...{ page: approveExportPage, subject: 'export', needsPin: true },
  },
  {
    ...{ method: 'post', path: '/masuk-keluar/ekspor/:id/batal', roles: officers },
    ...{ page: cancelExportPage, subject: 'export' },
  },
  {
    ...{ method: 'post', path: '/masuk-keluar/ekspor/:id/unduh', roles: officers },
    ...{ page: takeExportPage, subject: 'export', needsPin: true },
  },
  {
    ...{ method: 'post', path: '/masuk-keluar/jawaban', roles: officers },
    ...{ page: takeImport('answer'), maxBytes: maxImportBytes },
  },
  {
    ...{ method: 'get', path: '/masuk-keluar/jawaban/:id', roles: officers },
    ...{ page: importPage('answer'), subject: 'answer-import' },
  },
  {
    ...{ method: 'get', path: '/masuk-keluar/jawaban/:id/berkas', roles: officers },
    ...{ page: importFilePage('answer'), subject: 'answer-import' },
  },
  {
    ...{ method: 'post', path: '/masuk-keluar/iuran', roles: officers },
    ...{ page: takeImport('payment'), maxBytes: maxImportBytes },
  },
  {
    ...{ method: 'get', path: '/masuk-keluar/iuran/:id', roles: officers },
    ...{ page: importPage('payment'), subject: 'payment-import' },
  },
  {
    ...{ method: 'get', path: '/masuk-keluar/iuran/:id/berkas', roles: officers },
    ...{ page: importFilePage('payment'), subject: 'payment-import' },
  },
  { method: 'get', path: '/alur', roles: officers, page: flowsPage, menu: 'flows' },
  { method: 'get', path: '/alur/:name', roles: officers, page: flowPage, subject: 'flow' },
  { method: 'get', path: '/mesin', roles: officers, page: machinePage, menu: 'machine-menu' },
  { method: 'get', path: '/mesin/kabar', roles: officers, page: machineNews },
  {
    ...{ method: 'post', path: '/mesin/gangguan/:id/selesai', roles: officers },
    ...{ page: closeAlarmPage, subject: 'alarm' },
  },
  {
    ...{ method: 'post', path: '/mesin/antrean/:name/ulang', roles: officers },
    ...{ page: retryQueue, subject: 'queue' },
  },
  { method: 'get', path: '/mesin/jejak', roles: heads, page: auditPage },
  { method: 'post', path: '/mesin/jejak/periksa', roles: heads, page: checkAudit },
  { method: 'get', path: '/mesin/terkena', roles: heads, page: affectedPage },
  {
    ...{ method: 'post', path: '/mesin/terkena/berkas', roles: heads, page: affectedFile },
    needsPin: true,
  },
  { method: 'get', path: '/perangkat', roles: officers, page: devicesPage },
  {
    ...{ method: 'post', path: '/perangkat/:id/keluarkan', roles: officers, page: endDevice },
    subject: 'device',
  },
  { method: 'post', path: '/keluar', roles: officers, page: signOut },
]
