// People on the chat page, over real HTTP as its script speaks it, for the contract suite.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type TestVisitor, visit } from '../../web/visitor.ts'
import type { Harness, Shown } from '../contract.ts'

const bubble =
  /<li id="[^"]*" class="theirs"><p>([\s\S]*?)<\/p>(?:<a class="file"[^>]*>([^<]*)<\/a>)?/g
const button = /<button name="press" value="([^"]*)"><b>\d+<\/b><span>([\s\S]*?)<\/span>/g

function plain(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

function readPage(page: string) {
  const buttons = [...page.matchAll(button)].map(([, press = '', label = '']) => ({
    press: plain(press),
    label: plain(label),
  }))
  const shown = [...page.matchAll(bubble)].map(
    ([, text = '', file]): Shown => ({ text: plain(text), labels: [], file: file && plain(file) }),
  )
  // The page shows one set of buttons, below everything.
  const lowest = shown.at(-1)
  if (lowest) lowest.labels = buttons.map(({ label }) => label)
  return { shown, buttons }
}

/** Sends until it is kept, as the page's script does; a page that asks too fast waits. */
async function post(visitor: TestVisitor, form: Record<string, string>, isClosed: () => boolean) {
  while (!isClosed()) {
    const response = await visitor.post(form).catch(() => undefined)
    if (response?.ok) return
    const waitSeconds = Number(response?.headers.get('retry-after') ?? 0)
    await pause(waitSeconds > 0 ? waitSeconds * 1_000 : 50)
  }
}

/** The chat page. */
export const harness: Harness = {
  name: 'web',
  can: ['press'],
  longest: 10_000,
  open(stage) {
    const visitor = visit(`http://127.0.0.1:${stage.config.PORT}`)
    const seen = new Map<string, string>()
    let work = Promise.resolve()
    let last: Record<string, string> = {}
    let isClosed = false

    async function look() {
      const { shown, buttons } = readPage(await (await visitor).page())
      for (const { label, press } of buttons) seen.set(label, press)
      return shown
    }
    function push(form: Record<string, string>) {
      last = form
      // One after another: what is typed later never overtakes.
      work = work.then(async () => post(await visitor, form, () => isClosed))
    }
    return {
      start: () => push({ id: randomUUID(), start: '' }),
      say: (words) => push({ id: randomUUID(), words }),
      again: () => push(last),
      press: (label) => {
        const press = seen.get(label)
        if (press === undefined) throw new Error(`no button ${label}`)
        push({ id: randomUUID(), press })
      },
      replies: () => look().catch(() => []),
      close: () => {
        isClosed = true
      },
    }
  },
}
