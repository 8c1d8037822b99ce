// A real Chromium for tests, where the machine has one.
import { existsSync, mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { must } from '../../src/core/must.ts'

/** Debian's Chromium; the one that has no window of its own takes half the time. */
const path = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync)

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Whether the tests can run; says loudly how to get there when they cannot. */
export const hasChromium = path !== undefined
if (!hasChromium) {
  console.warn('SKIPPED: the web chat in Chromium. To run it: apt-get install chromium')
}

let running: Promise<Browser> | undefined

/** Chromium without a window, one for all files of a process: it ends when the process does. */
export function openChromium(): Promise<Browser> {
  const executablePath = must(path, 'Chromium')
  running ??= chromium.launch({ executablePath, args: flags, handleSIGTERM: false })
  return running
}

/** Closes every window, and with it what a test has left in the browser. */
export async function closeWindows(browser: Browser): Promise<void> {
  spare.length = 0
  for (const context of browser.contexts()) await context.close()
}

/** A phone with a page, and everything that its console complained about. */
export interface Phone {
  page: Page
  complaints: string[]
}

/** Opens an address on a phone `width` pixels wide. */
export async function openPhone(
  browser: Browser,
  url: string,
  { width = 360, ...rest }: BrowserContextOptions & { width?: number } = {},
): Promise<Phone> {
  const viewport = { width, height: 740 }
  const shape = { viewport, hasTouch: true, isMobile: true }
  const context = await browser.newContext({ ...shape, ...rest })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(url)
  return { page, complaints }
}

const folder = mkdtempSync(join(tmpdir(), 'chat-pictures-'))
/** A picture takes as long as many clicks: who wants to look at every page says so. */
const wantsAll = Boolean(process.env.PICTURES)

/** Keeps a picture of the page for somebody to look at, where somebody wants all or it is `shown`. */
export async function takePicture(page: Page, name: string, use?: 'shown'): Promise<void> {
  if (!wantsAll && use !== 'shown') return
  await page.screenshot({ fullPage: true, path: join(folder, `${name}.png`) })
}

/** Where the pictures are, and how to have all of them. */
export const pictures = wantsAll ? folder : `${folder} (all of them with PICTURES=yes)`

/** Windows as officers have them: at a desk and on a phone. */
export const sizes = {
  desk: { width: 1280, height: 800 },
  phone: { width: 360, height: 640 },
}

/** Pages that a test is done with: to open another window takes as long as ten pages in it. */
const spare: Page[] = []

async function openPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const isPlain = Object.keys(options).length === 0
  const used = isPlain ? spare.pop() : undefined
  const page = used ?? (await (await browser.newContext(options)).newPage())
  page.setDefaultTimeout(60_000)
  if (isPlain) onTestFinished(() => leave(page))
  return page
}

/** Leaves a page as if nobody had been there. */
async function leave(page: Page) {
  if (page.isClosed()) return
  page.removeAllListeners()
  await page.goto('about:blank')
  await page.context().clearCookies()
  spare.push(page)
}

/**
 * Opens a window for one test, and notes what its console complains about besides what is
 * `expected`.
 */
export async function openWindow(
  browser: Browser,
  size: keyof typeof sizes,
  { expected, ...options }: BrowserContextOptions & { expected?: string } = {},
): Promise<Phone> {
  const page = await openPage(browser, options)
  await page.setViewportSize(sizes[size])
  const complaints: string[] = []
  const isExpected = (words: string) => expected !== undefined && words.includes(expected)
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, complaints }
}

/** Whether one has to scroll sideways. */
export function isTooWide(page: Page) {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth')
}

const axe: { source: string } = createRequire(import.meta.url)('axe-core')

interface Found {
  violations: { id: string; impact: string; nodes: { html: string }[] }[]
}

/** What axe-core finds serious on a page, as one line each. */
export async function findSerious(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as Found
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)
}
