// Every page and action of the workplace, and who may use it. A new one is a line here and a file.
import type { Role } from '../../core/roles.ts'
import {
  conversationPage,
  conversationsPage,
  countWaiting,
  sayInConversation,
  takeConversation,
} from './pages/conversations.ts'
import { devicesPage, endDevice, signOut } from './pages/devices.ts'
import { placePage, regenciesPage } from './pages/places.ts'
import { todayPage } from './pages/today.ts'
import type { Route } from './visit.ts'

const officers: readonly Role[] = ['branch-officer', 'branch-head']

/** The table: what is not in it does not exist. The menu shows its rows in this order. */
export const routes: readonly Route[] = [
  { method: 'get', path: '/', roles: officers, page: todayPage, menu: 'office-menu-today' },
  {
    ...{ method: 'get', path: '/percakapan', roles: officers, page: conversationsPage },
    ...{ menu: 'office-menu-talks', count: countWaiting },
  },
  {
    ...{ method: 'get', path: '/percakapan/:id', roles: officers, page: conversationPage },
    subject: 'ticket',
  },
  {
    ...{ method: 'post', path: '/percakapan/:id', roles: officers, page: sayInConversation },
    subject: 'ticket',
  },
  {
    ...{ method: 'post', path: '/percakapan/:id/ambil', roles: officers, page: takeConversation },
    subject: 'ticket',
  },
  {
    method: 'get',
    path: '/desa',
    roles: officers,
    page: regenciesPage,
    menu: 'office-menu-places',
  },
  { method: 'get', path: '/desa/:code', roles: officers, page: placePage, subject: 'area' },
  { method: 'get', path: '/perangkat', roles: officers, page: devicesPage },
  {
    ...{ method: 'post', path: '/perangkat/:id/keluarkan', roles: officers, page: endDevice },
    subject: 'device',
  },
  { method: 'post', path: '/keluar', roles: officers, page: signOut },
]
