// The book holds every word and every figure, so that who signs it has read everything.
import { beforeAll, describe, expect, it } from 'vitest'
import { writeBook } from '../../src/book/page.ts'
import type { Translated } from '../../src/core/flow.ts'
import type { Figure } from '../../src/core/rates.ts'
import { readFlows } from '../../src/flows/index.ts'
import { readRates } from '../../src/rates-file.ts'
import { flowFile, readChanged } from '../support/flow-copy.ts'

const flows = readFlows('flows')
const rates = readRates('flows/rates')
const glossary = ['cohort (kelompok)']
const steps = [...flows.flows.values()].flatMap((flow) =>
  flow.steps.map((step) => ({ place: `${flow.name} ${step.id}`, step })),
)

/** The text of a page as a person reads it, each run of blanks as one. */
function readPage(page: string): string {
  return page
    .replace(/<style>(?:.|\n)*?<\/style>/, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name] ?? '')
    .replace(/\s+/g, ' ')
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** Every piece of words in every language, as it must be read. */
function piecesOf(words: Translated): string[] {
  return Object.values(words).flatMap(({ texts, blanks }) => [
    texts.map((text, index) => text + (blanks[index] ?? '')).join(''),
  ])
}

function missingFrom(text: string, pieces: string[]): string[] {
  return pieces.filter((piece) => !text.includes(piece.replace(/\s+/g, ' ').trim()))
}

describe('the book', () => {
  let page = ''
  let text = ''
  beforeAll(() => {
    page = writeBook({ flows, rates, glossary })
    text = readPage(page)
  })

  it('says every step, choice and help in every language', () => {
    const pieces = steps.flatMap(({ step }) => {
      if (step.does === 'if' || step.does === 'do') return []
      const more = step.does === 'ask' ? [step.help, ...step.choices.map((one) => one.label)] : []
      return [step.words, ...more].flatMap((words) => (words ? piecesOf(words) : []))
    })
    expect(pieces.length).toBeGreaterThan(300)
    expect(missingFrom(text, pieces)).toEqual([])
  })

  it('says every phrase, notice and answer to a question in every language', () => {
    const pieces = [...flows.phrases.values(), ...flows.questions.map((one) => one.text)]
    expect(missingFrom(text, pieces.flatMap(piecesOf))).toEqual([])
  })

  it('explains every rule and command where it stands', () => {
    const { rules, commands } = flows.names
    const meanings = steps.flatMap(({ step }) => {
      if (step.does === 'do') return [commands.get(step.id) ?? step.id]
      return step.does === 'if' && step.rule !== 'always' ? [rules.get(step.rule) ?? step.id] : []
    })
    expect(meanings.length).toBeGreaterThan(10)
    expect(missingFrom(text, meanings)).toEqual([])
  })

  it('has every row of every figure with its day and its source', () => {
    const figures = Object.values(rates.figures) as Figure<unknown>[]
    const rows = figures.flatMap((figure) => figure.rows)
    expect(rows.length).toBeGreaterThan(80)
    const told = rows.flatMap(({ from, source }) => [from, source])
    expect(missingFrom(text, told)).toEqual([])
    expect(text).toContain('6.800')
    expect(text).toContain('belum diketahui')
  })

  it('says where a choice leads, by the number of the step', () => {
    const enrol = flows.flows.get('villager/enrol')
    const refused = enrol?.steps.findIndex((step) => step.id === 'refused') ?? -1
    expect(text).toContain(`Tidak setujuI do not agree→ langkah ${refused + 1} (refused)`)
    expect(text).toContain('Ya, daftarYes, register→ flow villager/enrol')
    expect(text).toContain('Ada yang salahSomething is wrong→ UBAH')
  })

  it('is one page without script that a browser can always open', () => {
    expect(page).not.toMatch(/<script|<link|src=|url\(|@import/)
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000)
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    expect(links.filter((id) => !ids.has(id ?? ''))).toEqual([])
  })

  it('draws every step that is not a plain jump', () => {
    const drawn = [...page.matchAll(/<rect /g)].length
    const own = steps.filter(({ step }) => step.does !== 'if' || step.rule !== 'always')
    expect(drawn).toBe(own.length)
  })

  it('keeps what looks like HTML as words', () => {
    const path = 'villager/start.yaml'
    const odd = readChanged({ [path]: flowFile(path).replace('gratis', '<b>gratis</b> & "aman"') })
    const changed = writeBook({ flows: odd, rates, glossary })
    expect(changed).not.toContain('<b>gratis</b>')
    expect(readPage(changed)).toContain('& "aman"')
  })
})
