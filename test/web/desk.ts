// The workplace in a real browser, for the tests of one file: opened before them, closed after.
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { must } from '../../src/core/must.ts'
import type { Role } from '../../src/core/roles.ts'
import { areas, newLink, startOffice } from '../support/office-stage.ts'
import { makeOfficial } from '../support/officials.ts'
import { closeWindows, openChromium, openWindow, pictures, type sizes } from './browser.ts'

/** Who comes in, and at what: an officer of `areas.own` with a window that may expect complaints. */
export interface Entering extends BrowserContextOptions {
  size: keyof typeof sizes
  name?: string
  role?: Role
  expected?: string
}

/** Call it in the body of a describe. What is taken from it is there once the tests have begun. */
export function openDesk(
  stage: Parameters<typeof startOffice>[0],
  how?: Parameters<typeof startOffice>[1],
) {
  let opened: { browser: Browser; office: Awaited<ReturnType<typeof startOffice>> } | undefined
  const use = () => must(opened, 'a desk that is open')
  beforeAll(async () => {
    opened = { browser: await openChromium(), office: await startOffice(stage, how) }
  })
  afterAll(async () => {
    const { browser, office } = use()
    await closeWindows(browser)
    await office.server.close()
    console.info(`pictures: ${pictures}`)
    expect(office.errors).toEqual([])
  })
  return {
    get browser() {
      return use().browser
    },
    get url() {
      return use().office.url
    },
    /** Signs somebody new in, by the link and the button. */
    async enter({ size, name = 'Vina Contoh', role = 'branch-officer', ...options }: Entering) {
      const officer = await makeOfficial(stage.db, role, areas.own, name)
      const window = await openWindow(use().browser, size, options)
      await window.page.goto(`${use().office.url}/kantor${await newLink(stage.db, officer)}`)
      await window.page.getByRole('button', { name: 'Masuk' }).click()
      await window.page.getByRole('heading', { name: 'Hari ini' }).waitFor()
      return window
    },
  }
}
