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
  ...plain(
    'office-menu-today office-today office-today-nothing office-today-review',
    'office-channel-telegram office-channel-whatsapp office-channel-whatsapp-cloud',
    'office-channel-web office-queue-empty',
    'office-villages office-place office-place-villages office-place-aware office-place-underway',
    'office-place-idle office-place-people office-chart',
    'office-cohorts office-cohorts-none office-cohort office-cohort-registered',
    'office-cohort-waiting office-cohort-posts office-weeks office-weeks-note',
  ),
  'office-today-submissions': ['count', 'since'],
  'office-today-tickets': ['count', 'since'],
  'office-today-alarms': ['count', 'since'],
  'office-channel-on': ['name', 'state'],
  'office-channel-off': ['name', 'state'],
  'office-queue-waiting': ['count'],
  'office-place-label': ['aware', 'underway', 'idle'],
  'office-cohort-label': ['name', 'registered', 'waiting'],
  'office-weeks-label': ['count'],
  'office-growth': ['now', 'before'],
}

const talkPhrases: Record<string, string[]> = {
  ...plain(
    'office-today-talk office-today-machine office-news-reload office-talk-over',
    'office-news-over office-news-undone office-news-withdrawn',
    'office-menu-talks office-talks office-talks-none office-talk-about office-talk-place',
    'office-talk-since office-talk-holder office-talk-nobody office-talk-their-turn',
    'office-talk-bot office-talk-person office-talk-reload office-talk-take office-talk-canned',
    'office-talk-own office-talk-words office-talk-warning office-talk-send',
    'office-talk-send-close office-talk-close office-talk-empty office-talk-too-long',
  ),
  'office-talks-lead': ['count', 'since'],
  'office-news-review': ['count'],
  'office-news-talks': ['count'],
  'office-talk-now-held': ['name'],
  'office-talk-held': ['name', 'since'],
}

const placePhrases: Record<string, string[]> = {
  ...plain(
    'office-menu-places office-village office-places-none office-places-filtered office-places-all',
    'office-places-aware office-places-underway office-places-idle',
    'office-village-underway office-village-idle office-village-call office-village-nobody',
    'office-village-no-groups office-village-staff office-village-no-staff office-village-months',
    'office-village-no-months office-staff-name office-staff-position office-staff-objects',
    'office-state office-month office-month-people office-month-paid office-month-total',
    'office-month-paid-sum',
  ),
  'office-places-lead': ['villages', 'aware', 'underway', 'idle'],
  'office-village-label': ['registered', 'waiting'],
  'office-village-aware': ['on'],
  'office-village-lost': ['on'],
  'office-village-people': ['count'],
  'office-village-certificate': ['code'],
  'office-village-since': ['channel', 'on'],
}

const reviewPhrases: Record<string, string[]> = {
  ...plain(
    'office-menu-review office-review-nothing office-review-empty office-more',
    'office-review-semua office-review-bersih office-review-ganjil office-review-tertahan',
    'office-review-way office-review-since office-review-odd',
    'office-way-self office-way-village office-way-agent',
    'office-review-previous office-review-next office-review-answers office-review-doing',
    'office-review-keys office-kpj-taken office-accept',
    'office-refuse office-refuse-reason office-refuse-words office-refuse-unknown',
    'office-ask office-ask-words office-ask-why office-ask-empty office-retry office-retry-why',
    'office-reveal office-reveal-reason office-reveal-why office-reveal-unknown',
    'office-reveal-enough office-reveal-portal office-reveal-check office-reveal-asked',
    'office-twice office-twice-below office-twice-equal office-twice-differs office-twice-what',
    'office-twice-this office-undo office-merge office-merge-not office-apart',
    'office-apart-why office-merge-unknown',
  ),
  'office-decided-accept': ['name', 'at'],
  'office-decided-refuse': ['name', 'at'],
  'office-decided-ask': ['name', 'at'],
  'office-decided-retry': ['name', 'at'],
  'office-decided-merge': ['name', 'at', 'other'],
  'office-decided-apart': ['name', 'at', 'other'],
  'office-merge-why': ['kept', 'gone', 'seconds'],
  'office-merged-into': ['receipt'],
  'office-merged-here': ['receipt'],
  'office-merged-filled': ['answers'],
  'office-kpj': ['digits'],
  'office-kpj-odd': ['digits'],
  'office-accept-why': ['seconds'],
  'office-refuse-why': ['seconds'],
  'office-twice-nik': ['receipt', 'state'],
  'office-twice-name-birth': ['receipt', 'state'],
  'office-twice-elsewhere': ['village'],
  'office-undo-accept': ['receipt', 'seconds'],
  'office-undo-merge': ['receipt', 'seconds'],
  'office-undo-apart': ['receipt', 'seconds'],
  'office-undo-refuse': ['receipt', 'seconds'],
}

/** Kinds of what happens to a person: each may name a receipt, a month or a matter, and who did it. */
const events = [
  ...['sent-telegram', 'sent-whatsapp', 'sent-whatsapp-cloud', 'sent-web', 'sent-console'],
  ...['decided-accept', 'decided-refuse', 'decided-ask', 'decided-retry', 'undone', 'registered'],
  ...['decided-merge', 'decided-apart', 'filled'],
  ...['left', 'withdrawn', 'agreed-registration', 'declined-registration', 'agreed-campaign'],
  ...['declined-campaign', 'paid', 'asked', 'answered', 'told', 'ended', 'reopened', 'resumed'],
]

const peoplePhrases: Record<string, string[]> = {
  ...plain(
    'office-menu-people office-people-lead office-people-what office-people-where',
    'office-people-search office-people-short office-people-nowhere office-people-enough',
    'office-people-none office-person-timeline office-person-refused office-person-merged',
    'office-person-waiting',
    'office-person-unpaid',
  ),
  'office-people-note': ['count'],
  'office-people-found': ['count'],
  'office-person-registered': ['on', 'programmes'],
  'office-person-paid': ['month'],
  ...Object.fromEntries(events.map((kind) => [`office-event-${kind}`, ['detail', 'name']])),
}

/** Kepesertaan, and what becomes of a membership on the page of its person. */
const membershipPhrases: Record<string, string[]> = {
  ...plain(
    'office-check office-check-none office-check-note office-check-why office-check-doing',
    'office-check-claimed office-member-doing office-member-active office-member-until',
    'office-member-paid-on office-member-active-why office-member-end office-member-why',
    'office-member-last-day office-member-end-why office-member-reopen',
    'office-member-reopen-why office-member-resume office-member-from office-member-resume-why',
    'office-today-look office-wage-look office-wage-seen office-wage-unknown',
  ),
  'office-today-members': ['count', 'since'],
  'office-wage-less': ['count', 'from', 'amount'],
  'office-wage-more': ['count', 'from', 'amount'],
  'office-check-lead': ['count'],
  'office-check-first': ['count'],
  'office-check-unpaid': ['count', 'since'],
  'office-check-left': ['since', 'reason'],
  'office-person-ended': ['on', 'reason'],
  'office-person-open': ['months'],
}

/** All of them, by the page that they are for. */
export const officePhrases: Record<string, string[]> = {
  ...framePhrases,
  ...devicePhrases,
  ...todayPhrases,
  ...talkPhrases,
  ...reviewPhrases,
  ...peoplePhrases,
  ...membershipPhrases,
  ...placePhrases,
}
