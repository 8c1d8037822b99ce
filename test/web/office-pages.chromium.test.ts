// Every page of the workplace that can be reached by links, once: for everybody, small, not too wide.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCampaignAudience, readCampaignMessage } from '../../src/core/outreach/campaign.ts'
import { makeCampaign } from '../../src/registry/campaigns.ts'
import { openTicket } from '../../src/registry/tickets.ts'
import { routes } from '../../src/web/office/routes.ts'
import { openStage } from '../registry/stage.ts'
import { areas, newLink, startOffice } from '../support/office-stage.ts'
import { enrol, handleSubmissions, loadHomes, startVillage } from '../support/office-world.ts'
import { homes, makeOfficial } from '../support/officials.ts'
import { closeWindows, findSerious, hasChromium, openChromium } from './browser.ts'

const stage = await openStage()

/** Most bytes of a page with everything that it loads. */
const maxBytes = 100_000

/** What an address gives that is no page: a file, a stream. */
const noPages = [
  '/kabar',
  '/alur/semua',
  '/kampanye/:id/kabar',
  '/kampanye/:id/berkas',
  '/kampanye/:id/hasil/berkas',
  '/masuk-keluar/iuran/:id/berkas',
  '/masuk-keluar/jawaban/:id/berkas',
]

/** The row of the table that an address is of. */
function routeOf(path: string): string | undefined {
  const parts = path.replace(/^\/kantor/, '').split('/')
  const fits = (shape: string) => {
    const named = shape === '/' ? [''] : shape.split('/')
    return (
      named.length === parts.length && named.every((one, i) => one[0] === ':' || one === parts[i])
    )
  }
  const own = routes.filter(({ method }) => method === 'get').map((one) => one.path)
  return own.find((one) => one === parts.join('/')) ?? own.find(fits)
}

let browser: Browser
let office: Awaited<ReturnType<typeof startOffice>>
/** Pages that no link leads to: what is found by a search, what came of a draft that never went. */
const unlinked: string[] = []
beforeAll(async () => {
  if (!hasChromium) return
  browser = await openChromium()
  office = await startOffice(stage)
  await loadHomes(stage)
  await startVillage(stage, homes.own, ['Siti Contoh', 'Aminah Contoh'])
  const { addressId, receipt } = await enrol(stage)
  unlinked.push(`/kantor/orang/${receipt}`)
  await handleSubmissions(stage)
  for (const kind of ['answer', 'payment']) await makeImport(kind)
  const draft = `/kantor/kampanye/${await makeDraft()}`
  unlinked.push(draft, `${draft}/hasil`)
  await openTicket(stage.db.pool, stage.seal, addressId, { reason: 'question' })
})
afterAll(async () => {
  if (!hasChromium) return
  await closeWindows(browser)
  await office.server.close()
  expect(office.errors).toEqual([])
})

/** A campaign with everything that a draft may have. */
function makeDraft(): Promise<number> {
  const wording = { id: 'Halo {name}, mulai {lowest_price_other} sebulan.', en: 'Hello {name}' }
  const message = readCampaignMessage({ wordings: [wording, wording], button: 'villager/enrol' })
  const audience = readCampaignAudience({ area: homes.own, states: ['registered'] })
  const made = { title: 'Ajakan pedagang pasar', message, audience }
  return stage.db.transaction((tx) => makeCampaign(tx, made, 'officer:test'))
}

/** A file of this kind that was imported by somebody of the same branch. */
async function makeImport(kind: string) {
  const addressId = await makeOfficial(stage.db, 'branch-officer', areas.own)
  await stage.db.pool.query(
    `INSERT INTO ${kind}_import (content_hash, layout, actor, closed_at)
     SELECT sha256('${kind}'), 'csv', 'post:' || id, now() FROM post WHERE address_id = $1`,
    [addressId],
  )
}

async function signIn(width: number): Promise<Page> {
  const officer = await makeOfficial(stage.db, 'branch-head', areas.own, 'Vina Contoh')
  const context = await browser.newContext({ viewport: { width, height: 740 } })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${office.url}/kantor${await newLink(stage.db, officer)}`)
  await page.getByRole('button', { name: 'Masuk' }).click()
  return page
}

/** Follows links until one page of every row of the table was seen. */
async function visitAll(page: Page, look: (route: string) => Promise<void>) {
  const seen = new Set<string>()
  const waiting = [...unlinked, '/kantor']
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const route = routeOf(path)
    if (!route || seen.has(route) || noPages.includes(route)) continue
    seen.add(route)
    await page.goto(`${office.url}${path}`)
    await look(route)
    const links = (await page.evaluate(
      '[...document.links].map((one) => one.pathname).filter((one) => one.startsWith("/kantor"))',
    )) as string[]
    waiting.push(...links)
  }
  return [...seen].sort()
}

test.skipIf(!hasChromium)(
  'no page keeps anybody out, and none is heavy or wide',
  async () => {
    const page = await signIn(360)
    const troubles: string[] = []
    const seen = await visitAll(page, async (route) => {
      troubles.push(...(await findSerious(page)).map((one) => `${route} ${one}`))
      const width = await page.evaluate('document.documentElement.scrollWidth')
      if (Number(width) > 360) troubles.push(`${route} is ${width} wide`)
      const bytes = await page.evaluate(
        `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
           .reduce((sum, one) => sum + one.decodedBodySize, 0)`,
      )
      if (Number(bytes) > maxBytes) troubles.push(`${route} has ${bytes} bytes`)
    })
    expect(troubles).toEqual([])
    const pages = routes.filter(({ method }) => method === 'get').map(({ path }) => path)
    const unseen = pages.filter((path) => !seen.includes(path) && !noPages.includes(path))
    expect(unseen).toEqual([])
  },
  120_000,
)
