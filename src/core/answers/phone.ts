// Reads a mobile number as people type it; keeps it in international form.
import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { fold } from './normalise.ts'
import type { Reader, Reading } from './reading.ts'

const LONGEST = 200
/** One number with its groups; two numbers are parted by words, commas or slashes. */
const NUMBERS = /\+?\(?\+?\d[\d\s().-]{5,}\d/g

/** Mobile numbers of the Indonesian plan as the library has them: asked of every registration. */
const INDONESIAN = /^\+628[1-35-9]\d{7,10}$/

/**
 * Reads one mobile number, Indonesian unless it says otherwise, as E.164. Phrases: phone-odd,
 * phone-mobile (a landline), phone-which (more than one).
 */
export const phoneReader: Reader = {
  read(words): Reading {
    const typed = fold(words)
    if (typed.length > LONGEST) return { kind: 'wrong', say: 'phone-odd' }
    const phones = (typed.match(NUMBERS) ?? []).flatMap((number) => findPhone(number) ?? [])
    const mobiles = [...new Set(phones.filter(isMobile).map((phone) => phone.number))]
    if (mobiles.length > 1) return { kind: 'doubt', say: 'phone-which', options: mobiles }
    if (mobiles[0]) return { kind: 'value', value: mobiles[0] }
    return { kind: 'wrong', say: phones.length > 0 ? 'phone-mobile' : 'phone-odd' }
  },
  holds(value) {
    if (typeof value !== 'string') return false
    if (INDONESIAN.test(value)) return true
    const phone = parsePhoneNumberFromString(value)
    return phone !== undefined && phone.number === value && isMobile(phone)
  },
  show: (value) => showPhone(String(value)),
  mask(value) {
    const digits = showPhone(String(value)).replace(/[\s-]/g, '')
    return `${digits.slice(0, 4)}••••${digits.slice(-3)}`
  },
}

function findPhone(number: string): PhoneNumber | undefined {
  const digits = number.replace(/[^\d+]/g, '')
  // `62812…` without its plus is common; the library would take the 62 for an area.
  const plain = /^(00)?628/.test(digits) ? `+${digits.replace(/^00/, '')}` : digits
  const phone = parsePhoneNumberFromString(plain, 'ID')
  return phone?.isValid() ? phone : undefined
}

function isMobile(phone: PhoneNumber): boolean {
  return phone.getType() === 'MOBILE' || phone.getType() === 'FIXED_LINE_OR_MOBILE'
}

function showPhone(value: string): string {
  const phone = parsePhoneNumberFromString(value)
  if (!phone) return value
  return phone.country === 'ID' ? phone.formatNational() : phone.formatInternational()
}
