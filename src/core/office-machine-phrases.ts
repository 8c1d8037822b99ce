// Every phrase of Mesin, Masuk-keluar and Alur, with its {blanks}: office-machine.yaml has each.
import { plain } from './phrases.ts'

const machinePart: Record<string, string[]> = {
  ...plain(
    'machine-menu machine machine-well machine-none-failed machine-bells-on machine-bells-off',
    'machine-alarms machine-no-alarms machine-alarm-what machine-alarm-done machine-channel',
    'machine-since machine-detail machine-channels machine-no-channels machine-link',
    'machine-account',
    'machine-holder',
    'machine-until machine-queues machine-queues-note machine-work machine-work-inbound',
    'machine-work-outbound machine-work-submission machine-work-roster machine-waiting',
    'machine-running machine-oldest machine-gone-wrong machine-bells machine-bells-note',
    'machine-bell machine-held machine-nothing-held machine-class machine-class-reply',
    'machine-class-notice machine-class-reminder machine-class-campaign machine-count machine-why',
    'machine-held-later machine-held-quiet machine-held-slow-down machine-held-capped',
    'machine-held-unreachable machine-held-no-template machine-erasures machine-no-erasures',
    'machine-erasure machine-asked machine-age machine-due machine-erasure-unset',
    'machine-erasure-open machine-erasure-late machine-trail machine-affected',
  ),
  'machine-alarm': ['what', 'since'],
  'machine-late': ['what', 'count', 'since'],
  'machine-failed': ['count'],
  'machine-channels-elsewhere': ['role'],
  'machine-retry': ['count'],
  'machine-ticket': ['number'],
  'machine-hours': ['count'],
  'machine-erasure-done': ['at'],
}

const auditPart: Record<string, string[]> = {
  ...plain(
    'audit-number audit-at audit-actor audit-action audit-subject audit-detail audit-none',
    'audit-older audit-filter audit-field-actor audit-field-action audit-field-from',
    'audit-field-until audit-check audit-look audit-unchecked',
    'affected-ask affected-none affected-show affected-field-actor affected-field-from',
    'affected-field-until affected-field-known affected-file affected-who affected-place',
    'affected-actions affected-times affected-first affected-last',
  ),
  'audit-checking': ['count', 'total', 'at'],
  'audit-whole': ['count', 'total', 'at'],
  'audit-broken': ['number', 'at'],
  'audit-stopped': ['count', 'total', 'at'],
  'audit-note': ['operator'],
  'affected-lead': ['count', 'actor'],
  'affected-clock': ['at', 'count'],
  'affected-clock-over': ['at', 'count'],
  'affected-clock-unset': ['hours'],
  'affected-chat': ['number'],
  'affected-note': ['operator'],
}

const inOutPart: Record<string, string[]> = {
  ...plain(
    'in-out in-out-back in-out-never-out in-out-never-in export-ask export-note export-kind',
    'export-kind-sipp export-kind-bpu export-layout export-layout-today export-area',
    'export-area-code export-reason export-go export-waiting export-number export-people',
    'export-answered export-at export-you export-approve export-take export-take-csv export-cancel',
    'export-history export-none export-nobody export-more export-receipt export-lack',
    'export-no-area export-not-yours export-no-reason export-no-layout export-layout-changed',
    'export-unknown export-kind-differs export-not-written export-own export-not-asked',
    'export-not-approved export-written export-cancelled',
    'import-ask import-note import-answer import-payment import-go import-busy import-no-file',
    'import-nothing-kept import-history-answer import-history-payment import-none import-number',
    'import-at import-results import-state-done import-state-open import-file import-look',
    'import-no-rows import-next',
  ),
  'in-out-last-out': ['number', 'at'],
  'in-out-last-in': ['at'],
  'export-state-asked': ['by'],
  'export-state-approved': ['by'],
  'export-state-written': ['by'],
  'export-state-cancelled': ['by'],
  'export-waits': ['number', 'count'],
  'export-can': ['number', 'count'],
  'export-held': ['count'],
  'import-columns': ['columns'],
  'import-title-answer': ['number'],
  'import-title-payment': ['number'],
  'import-done': ['count', 'total'],
  'import-running': ['count', 'total'],
  'import-stopped': ['count', 'total'],
}

const flowPart: Record<string, string[]> = {
  ...plain(
    'flows flow-name flow-standing flow-help flow-ends flow-nobody flow-questions flow-question',
    'flow-since flow-no-questions flow-ends-by-week flow-week flow-end flow-count flow-no-ends',
    'flow-stops flow-backs flow-chart flow-by-week flow-by-week-note flow-all-steps flow-book',
  ),
  'flow-bar': ['stops', 'backs'],
  'flow-of-step': ['step'],
  'flow-most': ['count', 'step', 'flow'],
  'flow-note': ['at', 'count', 'weeks'],
  'flow-note-partial': ['at', 'count', 'weeks'],
}

/** All of them, by the page that they are for. */
export const machinePhrases: Record<string, string[]> = {
  ...machinePart,
  ...auditPart,
  ...inOutPart,
  ...flowPart,
}
