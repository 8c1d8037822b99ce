// The commands that a flow may hand over with `do:`, and the answers that each rests on.

import type { Audience } from './roles.ts'

/** What a command needs to know: the asks that must have been answered on every road to it. */
export interface CommandShape {
  /** Step ids of those asks. */
  uses: string[]
  /** Who may have it done; everybody when missing. */
  for?: Audience
}

/** Every command that a flow may name, by its name. */
export const commands: Record<string, CommandShape> = {
  'record-consent': { uses: ['consent'] },
  'record-campaign-consent': { uses: ['campaign-consent'] },
  'submit-enrolment': {
    uses: [
      'consent',
      'nationality',
      'work-relation',
      'membership',
      'birth-date',
      'nik',
      'name',
      'birth-place',
      'sex',
      'mother-name',
      'phone',
      'village',
      'address',
      'occupation',
      'sector',
      'work-place',
      'income',
      'payer',
      'programme',
      'months',
      'review',
    ],
  },
  'open-ticket': { uses: [] },
  // Done twice in its talk: at the first answer, so that nobody who stops answering is lost, and
  // again with whatever was told afterwards.
  'open-accident-ticket': { uses: ['event'] },
  'correct-data': { uses: ['correction'] },
  'claim-paid': { uses: [] },
  'snooze-reminders': { uses: ['remind-on'] },
  'ask-about-arrears': { uses: [] },
  'erase-data': { uses: ['erase-sure'] },
  'stop-messages': { uses: [] },
  'resume-messages': { uses: [] },
  'set-language': { uses: ['language'] },
  'redeem-invite': { uses: ['invite-code', 'new-pin'] },
  'invite-operator': { uses: ['operator-name', 'invite-sure'], for: 'head' },
  'invite-official': {
    uses: ['invited-role', 'invited-village', 'invited-name', 'branch-invite-sure'],
    for: 'branch',
  },
  'open-office': { uses: [], for: 'branch' },
  'answer-ticket': { uses: ['ticket', 'ticket-step', 'ticket-words'], for: 'branch' },
  'close-ticket': { uses: ['ticket'], for: 'branch' },
  'accept-submission': {
    uses: ['submission', 'submission-step', 'submission-kpj', 'accept-sure'],
    for: 'branch',
  },
  'refuse-submission': {
    uses: ['submission', 'submission-step', 'refusal-reason', 'refuse-sure'],
    for: 'branch',
  },
  'ask-about-submission': {
    uses: ['submission', 'submission-step', 'person-question'],
    for: 'branch',
  },
  'open-next-submission': { uses: ['submission'], for: 'branch' },
  'make-campaign': {
    uses: [
      ...['campaign-title', 'campaign-words', 'campaign-whom', 'campaign-area'],
      'campaign-sure',
    ],
    for: 'branch',
  },
  'step-campaign': { uses: ['campaign', 'campaign-step'], for: 'branch' },
  'revoke-operator': { uses: ['stopped-operator', 'revoke-sure'], for: 'head' },
  'save-cohort': { uses: ['cohort', 'posts'], for: 'official' },
  'ask-about-fund': { uses: ['cohort', 'fund'], for: 'official' },
  'register-staff': {
    uses: [
      ...['staff-cohort', 'position', 'nik', 'name', 'birth-place', 'birth-date', 'sex'],
      ...['mother-name', 'phone', 'statement', 'staff-review'],
    ],
    for: 'official',
  },
  'enrol-resident': {
    uses: [
      ...['nationality', 'work-relation', 'membership', 'nik', 'name', 'birth-place'],
      ...['birth-date', 'sex', 'mother-name', 'phone', 'address', 'occupation', 'sector'],
      ...['work-place', 'income', 'payer', 'programme', 'months', 'statement', 'resident-review'],
    ],
    for: 'agent',
  },
  'send-area-picture': { uses: [], for: 'coordinator' },
  'import-roster': { uses: ['roster-file'], for: 'official' },
  'map-roster-column': { uses: ['roster-column'], for: 'official' },
  'map-roster-posts': { uses: ['roster-cohort'], for: 'official' },
  'map-roster-post': { uses: ['roster-post'], for: 'official' },
  // Whichever of the gaps was asked about.
  'complete-roster': { uses: [], for: 'official' },
  'judge-roster': { uses: [], for: 'official' },
  'register-roster': { uses: ['roster-statement'], for: 'official' },
  'leave-roster': { uses: [], for: 'official' },
  'send-roster-answers': { uses: [], for: 'official' },
  'send-roster-template': { uses: [], for: 'official' },
  'claim-village-paid': { uses: ['village-paid-sure'], for: 'official' },
  'send-village-dues': { uses: [], for: 'official' },
  'end-staff': {
    uses: ['staff-member', 'leave-reason', 'leave-on', 'leave-sure'],
    for: 'official',
  },
  'move-staff': {
    uses: ['staff-member', 'new-cohort', 'new-position', 'move-sure'],
    for: 'official',
  },
  'correct-staff': { uses: ['staff-member', 'staff-fix'], for: 'official' },
  'end-cohort': { uses: ['ended-cohort', 'election-on', 'election-sure'], for: 'official' },
  'confirm-staff': { uses: ['staff-code', 'staff-birth-date', 'staff-answer'] },
  'object-staff': { uses: ['staff-code', 'staff-birth-date', 'object-sure'] },
  'correct-own-entry': { uses: ['staff-code', 'staff-birth-date', 'own-correction'] },
  'request-hand-over': { uses: ['successor-name'], for: 'head' },
}
