// Reads one row of a list as a person, with the same readers that chats have.
import type { Reader, Reading } from '../answers/reading.ts'
import type { Book } from '../book.ts'
import { isNik, nikDiffers, type Sex } from '../nik.ts'
import type { Cohort } from '../rates.ts'
import { type Cell, cellText, type SheetRow } from './cell.ts'
import type { Field } from './fields.ts'
import type { Layout } from './layout.ts'
import type { Mapping } from './mapping.ts'
import { readNikCell } from './nik-cell.ts'
import { findCohort } from './post.ts'
import type { Finding, Reason } from './reasons.ts'
import { type RosterWords, saysNothing, wordKey } from './roster-words.ts'

/** What a list says of one person; what it does not say, or not surely, is missing. */
export interface RosterPerson {
  nik?: string
  name?: string
  birthPlace?: string
  /** `YYYY-MM-DD`. */
  birthOn?: string
  sex?: Sex
  post?: string
  cohort?: Cohort
  occupation?: string
  /** E.164. */
  phone?: string
  motherName?: string
  wageRupiah?: number
  addressLine?: string
}

/** What reading a row rests on besides the row. */
export interface RowGround {
  layout: Layout
  mapping: Mapping
  words: RosterWords
  readers: Book['readers']
  /** Today, `YYYY-MM-DD`. */
  on: string
  /** The village that the list is for; its column may name no other. */
  village?: string
  isTyped: boolean
}

/** One row as it was read. */
export interface ReadRow {
  at: number
  person: RosterPerson
  findings: Finding[]
}

/** Reads the cells of one row, noting what is wrong with them. */
export function readPerson(row: SheetRow, ground: RowGround): ReadRow {
  const reading = new RowReading(row, ground)
  reading.readNik()
  reading.readName()
  reading.readBirth()
  reading.readPost()
  reading.readPhone()
  reading.readRest()
  reading.compare()
  return { at: row.at, person: reading.person, findings: reading.findings }
}

/** Sentences of the readers by the reason that they are here. */
const BIRTH_REASONS: Record<string, Reason> = {
  'date-future': 'birth-future',
  'date-impossible': 'birth-impossible',
  'date-early': 'birth-impossible',
}
const PHONE_REASONS: Record<string, Reason> = {
  'phone-mobile': 'phone-mobile',
  'phone-which': 'phone-which',
}
/** `8.12346E+10`: the last digits are gone. */
const EXPONENT = /^\d([.,]\d+)?e\+?\d{1,2}$/i
/** A place, a comma, a date: the comma is missing as often as not. */
const PLACE_AND_DATE = /^(\D*?)[\s,./-]*(\d.*)$/s
/** Sen and a dash after whole rupiah. */
const EMPTY_SEN = /[,.]\s?(-|00)\s*$/

class RowReading {
  readonly person: RosterPerson = {}
  readonly findings: Finding[] = []
  /** Days that the birth date may mean, where the list leaves it open. */
  private births: string[] = []
  private readonly row: SheetRow
  private readonly ground: RowGround

  constructor(row: SheetRow, ground: RowGround) {
    this.row = row
    this.ground = ground
    if (row.isHidden) this.findings.push({ reason: 'row-hidden' })
  }

  readNik() {
    const found = this.find('nik')
    if (!found) return this.note('nik-missing', 'nik')
    const { reason, value, count } = readNikCell(found.cell, this.ground)
    if (value) this.person.nik = value
    if (reason) this.note(reason, 'nik', count ? { count } : undefined)
  }

  readName() {
    const found = this.find('name')
    if (!found) return this.note('name-missing', 'name')
    const reading = this.read('name', found.text)
    if (reading.kind === 'value') this.person.name = String(reading.value)
    else this.note('name-odd', 'name')
  }

  readBirth() {
    const both = this.find('birth')
    const cut = both && PLACE_AND_DATE.exec(both.text)
    const place = this.find('birth-place')?.text ?? (cut ? cut[1]?.trim() : both?.text) ?? ''
    const alone = this.find('birth-date')
    const date = alone?.text ?? (both ? (cut?.[2] ?? '') : '')
    this.takeText('birthPlace', 'birth-place-odd', 'birth-place', place)
    if (!date) return this.note('birth-missing', alone || !both ? 'birth-date' : 'birth')
    this.takeBirth(date, alone ?? both, alone ? 'birth-date' : 'birth')
  }

  private takeBirth(date: string, found: Found | undefined, field: Field) {
    // Five digits are a day that lost its format, or one that lost its nought: nobody knows.
    const isBare = typeof found?.cell === 'object' && found.cell.is === 'number'
    const reading: Reading =
      isBare && /^\d{1,5}$|[.e]/i.test(date)
        ? { kind: 'wrong', say: 'date-unclear' }
        : this.read('date', date)
    if (reading.kind === 'value') this.person.birthOn = String(reading.value)
    else if (reading.kind === 'doubt') this.births = reading.options.map(String)
    else this.note(BIRTH_REASONS[reading.say] ?? 'birth-unclear', field)
  }

  readPost() {
    const { mapping, words } = this.ground
    const found = this.find('post')
    if (found) this.person.post = found.text
    const cohort = mapping.cohort ?? (found && findCohort(found.text, words, mapping))
    if (cohort === 'none') this.note('post-left-out', 'post')
    else if (cohort) this.person.cohort = cohort
    else if (found) this.note('post-unknown', 'post', { post: found.text.slice(0, 60) })
    else this.note('post-missing', 'post')
  }

  readPhone() {
    const found = this.find('phone')
    if (!found) return this.note('phone-missing', 'phone')
    if (EXPONENT.test(found.text)) return this.note('phone-excel', 'phone')
    const reading = this.read('phone', found.text)
    if (reading.kind === 'value') this.person.phone = String(reading.value)
    else this.note(PHONE_REASONS[reading.say] ?? 'phone-odd', 'phone')
  }

  readRest() {
    const sex = this.find('sex')
    const known = sex && this.ground.words.sexes.get(wordKey(sex.text))
    if (known) this.person.sex = known
    else if (sex) this.note('sex-unclear', 'sex')
    const wage = this.find('wage')
    const amount = wage && this.read('money', wage.text.replace(EMPTY_SEN, ''))
    if (amount?.kind === 'value') this.person.wageRupiah = Number(amount.value)
    else if (amount) this.note('wage-unclear', 'wage')
    const mother = this.find('mother-name')
    const name = mother && this.read('name', mother.text)
    if (name?.kind === 'value') this.person.motherName = String(name.value)
    else if (name) this.note('mother-name-odd', 'mother-name')
    const occupation = this.find('occupation')?.text
    if (occupation) this.person.occupation = occupation
    this.readAddress()
  }

  private readAddress() {
    const rt = this.find('rt')?.text
    const rw = this.find('rw')?.text
    const parts = [this.find('address')?.text, rt && `RT ${rt}`, rw && `RW ${rw}`]
    const line = parts.filter(Boolean).join(' ')
    const address = this.read('text', line)
    if (line && address.kind === 'value') this.person.addressLine = String(address.value)
    const { village } = this.ground
    const named = this.find('village')
    if (!village || !named) return
    const reading = this.read('place', named.text)
    if (reading.kind === 'value' && reading.value !== village) this.note('other-village', 'village')
    // Where many villages are called so, theirs is among them, or else it is named wrongly.
    const options = reading.kind === 'doubt' ? reading.options : []
    const isOpen = reading.kind === 'doubt' && options.length === 0
    if (reading.kind !== 'value' && !isOpen && !options.includes(village)) {
      this.note('village-unclear', 'village')
    }
  }

  /** Lets the NIK decide between the days that a date may mean; a difference is asked about. */
  compare() {
    const { nik, sex } = this.person
    if (this.births.length > 0) {
      const fits = nik ? this.births.filter((day) => nikDiffers(nik, day).length === 0) : []
      const field = this.find('birth-date') ? 'birth-date' : 'birth'
      if (fits.length === 1) this.person.birthOn = fits[0] ?? ''
      else this.note('birth-unclear', field)
    }
    const { birthOn } = this.person
    if (!nik || !birthOn || !isNik(nik)) return
    const differences = nikDiffers(nik, birthOn, sex)
    if (differences.includes('birth')) this.note('nik-birth-differs', 'nik')
    if (differences.includes('sex')) this.note('nik-sex-differs', 'nik')
  }

  private read(kind: keyof Book['readers'], words: string): Reading {
    const reader: Reader = this.ground.readers[kind]
    return reader.read(words, { on: this.ground.on })
  }

  private takeText(key: 'birthPlace', reason: Reason, field: Field, words: string) {
    if (!words) return
    const reading = this.read('text', words)
    if (reading.kind === 'value') this.person[key] = String(reading.value)
    else this.note(reason, field)
  }

  /** The first cell of a field that holds something; a failed formula is noted. */
  private find(field: Field): Found | undefined {
    for (const column of this.ground.layout.columns.get(field) ?? []) {
      const cell = this.row.cells[column]
      if (typeof cell === 'object' && cell.is === 'error') this.noteError(field, column)
      const text = cellText(cell)
      if (cell !== undefined && !saysNothing(text, this.ground.words)) {
        return { cell, text }
      }
    }
    return undefined
  }

  private noteError(field: Field, column: number) {
    const isNoted = this.findings.some(
      (one) => one.reason === 'cell-error' && one.column === column,
    )
    if (!isNoted) this.findings.push({ reason: 'cell-error', field, column })
  }

  private note(reason: Reason, field: Field, blanks?: Record<string, string>) {
    const column = this.ground.layout.columns.get(field)?.[0]
    const where = column === undefined ? { field } : { field, column }
    this.findings.push(blanks ? { reason, ...where, blanks } : { reason, ...where })
  }
}

interface Found {
  cell: Cell
  text: string
}
