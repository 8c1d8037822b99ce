// A document made from its rows goes out on every channel; one that is gone leaves the words.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { SendError } from '../../src/channels/channel.ts'
import { createConsole } from '../../src/channels/console/index.ts'
import { readLines, writeLine } from '../../src/channels/console/lines.ts'
import { talkSocketPath } from '../../src/channels/console/socket-path.ts'
import type { Document, Outbound } from '../../src/core/message.ts'
import { createCloudStage } from '../support/cloud-stage.ts'
import { asReply } from '../support/sending.ts'
import { createStage } from '../support/telegram-stage.ts'
import { linked } from '../support/whatsapp/stage.ts'
import { useStages } from '../support/whatsapp/use-stages.ts'
import { startLittleBot } from '../web/little-bot.ts'
import { visit } from '../web/visitor.ts'

const document: Document = {
  source: 'certificate',
  id: 'two',
  name: 'Piagam Desa Contoh.pdf',
  mime: 'application/pdf',
}
const message: Outbound = { text: 'Ini piagamnya', document }
const gone: Outbound = { text: 'Tanpa piagam', document: { ...document, id: 'gone' } }
const broken: Outbound = { text: 'Nanti', document: { ...document, id: 'broken' } }

async function makeDocument({ source, id }: Document): Promise<Buffer | undefined> {
  if (id === 'broken') throw new Error('no database')
  return id === 'gone' ? undefined : Buffer.from(`%PDF of ${source} ${id}`)
}

const made = '%PDF of certificate two'

const ends: (() => Promise<unknown>)[] = []
const folder = mkdtempSync(join(tmpdir(), 'documents-'))
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
afterAll(() => rmSync(folder, { recursive: true }))

const later = { reason: 'unreachable', retryMs: 5_000 } as Partial<SendError>

test('Telegram: as a file with the words under it, uploaded anew for each person', async () => {
  const stage = await createStage()
  ends.push(() => stage.close())
  const ani = stage.fake.chat(11)
  const channel = stage.telegram({ makeDocument })
  for (const one of [message, message, gone]) await channel.send('11', one, asReply)
  expect(ani.replies().map(({ text }) => text)).toEqual([
    ...['Ini piagamnya', 'Ini piagamnya', 'Tanpa piagam'],
  ])
  const sent = stage.fake.calls.flatMap(({ params }) => params.document ?? [])
  const files = sent.filter((one) => one instanceof File)
  expect(files.map(({ name }) => name)).toEqual([document.name, document.name])
  expect(await files[0]?.text()).toBe(made)
  await expect(channel.send('11', broken, asReply)).rejects.toMatchObject(later)
})

test('Telegram: a document that is a picture is shown in the chat', async () => {
  const stage = await createStage()
  ends.push(() => stage.close())
  stage.fake.chat(11)
  const channel = stage.telegram({ makeDocument })
  const name = 'Keadaan wilayah.png'
  const picture = { ...document, name, mime: 'image/png', isPicture: true }
  await channel.send('11', { text: 'Kab. Kotabaru', document: picture }, asReply)
  const sent = stage.fake.calls.flatMap(({ params }) => params.photo ?? [])
  const [photo] = sent.filter((one) => one instanceof File)
  expect([photo?.name, await photo?.text()]).toEqual([name, made])
})

test('Telegram: what everybody is sent is uploaded once, and no other in its place', async () => {
  const stage = await createStage()
  ends.push(() => stage.close())
  stage.fake.chat(11)
  const channel = stage.telegram({ makeDocument })
  const poster = { ...document, name: 'lampiran.png', isPicture: true, isForAll: true }
  const other = { ...poster, id: 'three' }
  for (const one of [poster, poster, other, poster]) {
    await channel.send('11', { text: 'Ajakan', document: one }, asReply)
  }
  const sent = stage.fake.calls.flatMap(({ params }) => params.photo ?? [])
  const [first, again, third, last] = sent
  expect([first, third].map((one) => one instanceof File)).toEqual([true, true])
  expect([typeof again, last === again]).toEqual(['string', true])
})

test('Cloud API: uploaded with its kind, the words under it', async () => {
  const stage = await createCloudStage({ makeDocument })
  ends.push(() => stage.close())
  const siti = stage.fake.person(1)
  siti.say('halo')
  const send = (one: Outbound) => stage.channel.send(siti.userId, one, stage.asReply())
  await send(message)
  await send(gone)
  expect(siti.shown.map(({ type, text }) => [type, text])).toEqual([
    ['document', 'Ini piagamnya'],
    ['text', 'Tanpa piagam'],
  ])
  const upload = stage.fake.calls.find(({ path }) => path.endsWith('/media'))?.body.file as File
  expect([upload.name, upload.type, upload.size]).toEqual([
    ...[document.name, document.mime, made.length],
  ])
  await expect(send(broken)).rejects.toBeInstanceOf(SendError)
})

describe('WhatsApp', () => {
  const stageWith = useStages()
  test('as a file with its kind, also for a phone that asks for it again', async () => {
    const stage = stageWith(linked)
    const channel = await stage.connected({ makeDocument })
    const someone = '6281200000001@s.whatsapp.net'
    await channel.send(someone, message, { key: 'a', class: 'reply' })
    await channel.send(someone, gone, { key: 'b', class: 'reply' })
    const [first, second] = stage.fake.sent
    expect(first?.content.text).toBe('Ini piagamnya')
    expect(first?.content.attached).toMatchObject({
      ...{ kind: 'file', name: document.name, mime: document.mime, bytes: Buffer.from(made) },
    })
    expect(second?.content).toEqual({ text: 'Tanpa piagam' })
    stage.memory.sent.set('3EB0BB', message)
    const again = await stage.fake.askAgain('3EB0BB')
    expect(again?.attached?.bytes.toString()).toBe(made)
  })
})

test('web chat: a link that works for the visitor whose talk it is, and for nobody else', async () => {
  const bot = await startLittleBot({ makeDocument })
  ends.push(() => bot.stop())
  const [siti, budi] = [await visit(bot.url), await visit(bot.url)]
  await bot.say(siti.address, message)
  await bot.say(siti.address, gone)
  const page = await siti.page()
  const [href, other] = [...page.matchAll(/href="(\/chat\/file\/[^"]+)"/g)].map(([, one]) => one)
  expect(page).toContain(`>${document.name}</a>`)
  const fetchAs = (cookie: string, path = href) =>
    fetch(`${bot.url}${path}`, { headers: { cookie } })
  const file = await fetchAs(siti.cookie)
  expect([file.status, file.headers.get('content-type')]).toEqual([200, document.mime])
  expect(file.headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''Piagam%20Desa%20Contoh.pdf",
  )
  expect(await file.text()).toBe(made)
  const refused = [fetchAs(budi.cookie), fetchAs(''), fetchAs(siti.cookie, other)]
  expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([404, 404, 404])
})

test('terminal: says where the file lies, for its owner only', async () => {
  const socketPath = talkSocketPath(folder)
  const inboxDir = join(folder, 'talk-files')
  const channel = createConsole({ socketPath, inboxDir, makeDocument })
  await channel.start(async () => undefined)
  ends.push(() => channel.stop())
  const shown: string[] = []
  const socket = connect(socketPath, () => writeLine(socket, { as: 'siti' }))
  readLines(socket, ({ show, text }) => {
    shown.push(String(text))
    writeLine(socket, { shown: show })
  })
  await vi.waitFor(() => channel.send('siti', message, asReply), 60_000)
  await channel.send('siti', gone, asReply)
  const [, file = ''] = /^Ini piagamnya\n\n📎 (.+)$/.exec(shown[0] ?? '') ?? []
  expect(file.endsWith(`/${document.name}`)).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe(made)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(shown[1]).toBe('Tanpa piagam')
  socket.destroy()
})
