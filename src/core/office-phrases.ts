// Every phrase of the workplace, with the {blanks} it fills: flows/office.yaml must have each.
import { plain } from './phrases.ts'

/** The frame: who is in, the menu, signing in, the PIN, what is not there. */
const framePhrases: Record<string, string[]> = {
  ...plain(
    'office-name office-skip office-menu office-does',
    'office-sign-in-title office-sign-in-why office-sign-in office-again office-how-in',
    'office-not-in office-link-stale office-form-stale office-too-many office-nothing-here',
    'office-nothing-title',
    'office-pin-title office-pin-why office-pin office-pin-go',
  ),
  'office-sign-in-once': ['minutes'],
  'office-pin-wrong': ['count'],
}

const devicePhrases: Record<string, string[]> = {
  ...plain(
    'office-devices office-device office-device-since office-device-seen office-device-this',
    'office-device-end office-sign-out',
  ),
  'office-devices-lead': ['count'],
  'office-devices-note': ['minutes'],
}

const todayPhrases: Record<string, string[]> = {
  ...plain('office-menu-today office-today office-today-nothing'),
  'office-today-submissions': ['count', 'since'],
  'office-today-tickets': ['count', 'since'],
  'office-today-alarms': ['count', 'since'],
}

/** All of them, by the page that they are for. */
export const officePhrases: Record<string, string[]> = {
  ...framePhrases,
  ...devicePhrases,
  ...todayPhrases,
}
