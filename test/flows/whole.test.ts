// The flows as a whole: files that are missing or strange, a new language, and what nothing uses.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lists } from '../../src/core/lists.ts'
import { joinedPhrases, toldPhrases, webPhrases } from '../../src/core/phrases.ts'
import type { Session } from '../../src/core/session.ts'
import { turn } from '../../src/core/turn.ts'
import { readFlows } from '../../src/flows/index.ts'
import { findLooseEnds } from '../../src/flows/loose-ends.ts'
import { flowFile, problemsOf, readChanged } from '../support/flow-copy.ts'
import { fixtureBook, talkWith } from '../support/talk.ts'

describe('files', () => {
  it.each([
    [
      'a flow in a folder with a typing error',
      { 'vilager/new.yaml': 'title: Baru' },
      'tidak dikenal',
    ],
    ['a file with another ending', { 'villager/new.yml': 'title: Baru' }, 'berakhir dengan .yaml'],
    ['a translated branch.yaml', { 'languages/en/branch.yaml': 'zone: x' }, 'tidak dikenal'],
    [
      'headings in another language',
      {
        'languages/en/rosters.yaml': `${flowFile('languages/en/rosters.yaml')}columns:\n  nik:\n    - ID\n`,
      },
      'pilih rosters',
    ],
    ['no start', { 'villager/start.yaml': undefined }, 'flows/villager/start.yaml belum ada'],
    ['no phrases', { 'phrases.yaml': undefined }, 'flows/phrases.yaml belum ada'],
    [
      'a shared file that nothing uses',
      { 'shared/new.yaml': 'steps:\n  - say: hello\n    text: Halo' },
      'tidak dipakai oleh use: mana pun',
    ],
    [
      'a translation without a flow',
      { 'languages/en/villager/new.yaml': 'title: New' },
      'flows/villager/new.yaml, yang tidak ada',
    ],
    [
      'a file that uses itself by way of another',
      {
        'shared/new.yaml': 'steps:\n  - use: shared/campaign-consent\n',
        'shared/campaign-consent.yaml': `${flowFile('shared/campaign-consent.yaml')}  - use: shared/new\n`,
      },
      'memakai dirinya sendiri',
    ],
  ])('%s', (_what, changed, says) => {
    const problems = problemsOf(changed)
    expect(problems.length).toBeGreaterThan(0)
    for (const problem of problems) expect(problem).toContain(says)
  })

  it('every mistake of one look is told at once, each once', () => {
    const problems = problemsOf({
      'shared/identity.yaml': flowFile('shared/identity.yaml').replace('{nik_digits}', '{nik}'),
      'villager/help.yaml': flowFile('villager/help.yaml').replace('PIN, atau', 'PIN 1234, atau'),
      'villager/stop.yaml': flowFile('villager/stop.yaml').replace('already-stopped', 'stopped'),
    })
    expect(problems.map((one) => one.split(/[ ,]/)[0])).toEqual([
      'flows/shared/identity.yaml',
      'flows/villager/help.yaml',
      'flows/villager/stop.yaml',
    ])
  })

  it('a problem of a shared file names the flow in which it is one', () => {
    const text = flowFile('shared/programme.yaml').replace('{income}', '{birth-place}')
    const moved = flowFile('villager/enrol.yaml').replace('  - use: shared/identity\n', '')
    const problems = problemsOf({
      'shared/programme.yaml': text,
      'villager/enrol.yaml': moved.replace(
        'shared/programme',
        'shared/programme\n  - use: shared/identity',
      ),
    })
    expect(problems).toContainEqual(
      expect.stringMatching(
        /^flows\/shared\/programme.yaml baris \d+.*flows\/villager\/enrol.yaml/,
      ),
    )
  })

  it('Windows line ends and a mark of byte order change nothing', () => {
    const path = 'villager/enrol.yaml'
    const text = `\ufeff${flowFile(path).replaceAll('\n', '\r\n')}`
    expect(readChanged({ [path]: text }).version).toBe(readFlows('flows').version)
  })
})

/** Every English file, as the folder of a toy language that only has another name. */
function toyLanguage(): Record<string, string> {
  const folder = 'flows/languages/en'
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const texts = files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => [`languages/eo/${file}`, readFileSync(join(folder, file), 'utf8')] as const)
  return Object.fromEntries(
    texts.map(([file, text]) => [file, text.replace('name: English', 'name: Esperanto')]),
  )
}

describe('a new language is one folder', () => {
  const book = readChanged(toyLanguage())

  it('it is offered by its own name, and everything is said in it', () => {
    expect(book.languages).toEqual(['id', 'en', 'eo'])
    const talk = talkWith()
    const options = lists.languages?.options({ ...talk, book: { ...talk.book, ...book } })
    expect(options).toEqual([
      { key: 'id', label: 'Bahasa Indonesia' },
      { key: 'en', label: 'English' },
      { key: 'eo', label: 'Esperanto' },
    ])
    for (const flow of book.flows.values()) {
      expect(flow.title.eo).toEqual(flow.title.en)
      for (const step of flow.steps) if ('words' in step) expect(step.words.eo).toBeDefined()
    }
  })

  it('whoever picks it is answered in it', () => {
    const real = { ...fixtureBook, ...book, branch: fixtureBook.branch }
    const now = { on: '2026-11-21', second: 1_795_000_000, id: '0123456789' }
    const inbound = { channel: 'console', address: '1', at: '2026-11-21T00:00:00Z' }
    const say = (session: Session, kind: 'text' | 'press', words: string) =>
      turn(real, session, { ...inbound, externalId: words, kind, words }, now)
    const asked = say({ language: 'id' }, 'text', 'bahasa')
    const offered = asked.replies.at(-1)?.choices ?? []
    expect(offered.map((one) => one.label)).toEqual(['Bahasa Indonesia', 'English', 'Esperanto'])
    const pressed = say(asked.session, 'press', offered.at(-1)?.press ?? '')
    expect(pressed.session.language).toBe('eo')
    expect(pressed.outcomes).toEqual([{ flow: 'villager/language', outcome: 'language-set' }])
    expect(say(asked.session, 'text', 'esperanto').session.language).toBe('eo')
    expect(say(asked.session, 'text', 'Klingon').session.language).toBe('id')
  })

  it('a file that it leaves out is told', () => {
    const toy = toyLanguage()
    const { 'languages/eo/villager/stop.yaml': left, ...rest } = toy
    expect(left).toBeDefined()
    const problems = problemsOf(rest)
    expect(problems.length).toBeGreaterThan(1)
    for (const problem of problems) {
      expect(problem).toMatch(/^flows\/villager\/stop.yaml .*belum ada terjemahan "eo"\.$/)
    }
  })

  it('its words for MENU and for yes are understood', () => {
    const toy = toyLanguage()
    const phrases = 'languages/eo/phrases.yaml'
    const understood = readChanged({
      ...toy,
      [phrases]: (toy[phrases] as string).replace('- main menu', '- menuo'),
      'languages/eo/understood.yaml': 'yes:\n  - jes\nno:\n  - ne\n',
    })
    expect(understood.globals.get('menuo')).toBe('menu')
    expect(understood.yes.has('jes')).toBe(true)
    expect(understood.no.has('ne')).toBe(true)
    expect(understood.yes.has('ya')).toBe(true)
  })
})

describe('nothing is left over', () => {
  it('every keyword that people are told to type is understood', () => {
    expect(findLooseEnds(readFlows('flows'))).toEqual([])
  })

  it('a keyword that opens nothing and a name of no answer are found', () => {
    const path = 'villager/stop.yaml'
    const phrases = flowFile('phrases.yaml').replace('answer-sector:', 'answer-sectors:')
    const english = flowFile('languages/en/phrases.yaml')
    const book = readChanged({
      [path]: flowFile(path).replace('ketik MULAI LAGI', 'ketik MULAI KEMBALI'),
      'phrases.yaml': phrases,
      'languages/en/phrases.yaml': english.replace('answer-sector:', 'answer-sectors:'),
    })
    expect(findLooseEnds(book)).toEqual([
      expect.stringContaining('"answer-sectors"'),
      expect.stringContaining('MULAI KEMBALI'),
    ])
  })

  it('every phrase that flows/ must have is said somewhere', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file !== join('core', 'phrases.ts'))
      .filter((file) => !file.includes('generated'))
    const source = files.map((file) => readFileSync(join('src', file), 'utf8')).join('\n')
    const ids = Object.keys({ ...toldPhrases, ...joinedPhrases, ...webPhrases })
    // Ids that the program puts together: `kind-${kind}`, `submission-${state}`, `resident-${state}`,
    // `role-${role}`, `cohort-${cohort}`, `base-${base}`, `plan-total-${certainty}`, `today-${kind}`,
    // `campaign-state-${state}`, `campaign-step-${step}`, `web-${problem}`, and `${doubt}-one` where
    // a doubt leaves one option.
    const starts =
      'kind|submission|resident|web|role|cohort|segment|base|plan-total|today|campaign-(state|step)'
    const endings = (id: string) => id.replace(new RegExp(`^(${starts})-|-one$`, 'g'), '')
    const isSaid = (id: string) =>
      [id, endings(id)].some((name) => new RegExp(`['"]${name}['"]|\\b${name}:`).test(source))
    expect(ids.filter((id) => !isSaid(id))).toEqual([])
  })
})
