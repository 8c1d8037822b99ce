// Reads the PIN of this bot: six digits that nobody guesses at the first try.
import { fold } from './normalise.ts'
import type { Reader, Reading } from './reading.ts'

/** How many digits a PIN has. */
export const pinDigits = 6

const LONGEST = 40
const PIN = new RegExp(`^\\d{${pinDigits}}$`)
const RISING = '01234567890123456789'
const FALLING = [...RISING].reverse().join('')

/** Reads six digits, alone or in groups. Phrases: pin-odd, pin-weak (all alike, or in a row). */
export const pinReader: Reader = {
  read(words): Reading {
    const typed = fold(words)
    if (typed.length > LONGEST) return { kind: 'wrong', say: 'pin-odd' }
    const value = typed.replace(/\bpin\b|[\s.:-]/g, '')
    if (!PIN.test(value)) return { kind: 'wrong', say: 'pin-odd' }
    return isWeak(value) ? { kind: 'wrong', say: 'pin-weak' } : { kind: 'value', value }
  },
  holds: (value) => PIN.test(String(value)),
  show: (value) => String(value),
  mask: (value) => '•'.repeat(String(value).length),
}

function isWeak(pin: string): boolean {
  return new Set(pin).size === 1 || RISING.includes(pin) || FALLING.includes(pin)
}
