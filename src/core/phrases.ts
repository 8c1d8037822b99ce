// Every phrase that the program says by name, with the {blanks} it fills: flows/ must have each.
import { reasonBlanks, reasons } from './roster/reasons.ts'
import { refusals } from './roster/refusal.ts'

/** Phrases told in a talk. They may also name any blank that rests on no answer and no fact. */
export const toldPhrases: Record<string, string[]> = {
  ...plain(
    'nik-odd nik-excel name-odd date-check date-unclear date-impossible date-future',
    'coming-unclear coming-past coming-impossible',
    'date-early money-check money-unclear money-odd money-unsure money-per-day phone-which',
    'phone-odd phone-mobile number-odd text-short place-many place-meant place-narrow-district',
    'place-narrow-regency place-unknown none-of-these',
  ),
  'nik-length': ['count'],
  'kpj-odd': ['count', 'digits'],
  'nik-letters': ['value'],
  'money-check-one': ['value'],
  'date-check-one': ['value'],
  'place-meant-one': ['value'],
  'text-long': ['count'],
  ...plain(
    'not-understood-1 not-understood-3 help-person cannot-skip stale-button slow-down menu-hint',
    'kind-photo kind-video kind-voice kind-sticker kind-location kind-contact kind-document',
    'kind-edited kind-call kind-other kind-empty kind-long',
    'nothing-to-go-back change-what nothing-to-change',
    'cancel-yes cancel-no cancelled month-turned another-way may-skip exact-needed unseen',
    'doubt-yes doubt-no',
  ),
  ...plain('document-needed document-elsewhere'),
  ...plain('officer-joins officer-leaves officer-sent-away officer-silent'),
  'officer-says': ['words'],
  'ready-elsewhere': ['title', 'word'],
  ...plain('not-in-chat page-stale code-odd pin-odd pin-weak pin-shut not-yours'),
  'ask-by-page': ['question', 'link'],
  'ask-pin-by-page': ['question', 'link'],
  'cancel-sure': ['title'],
  resumed: ['title'],
  'paused-hint': ['title'],
}

/** Phrases that the program joins to others, or says outside of talks. */
export const joinedPhrases: Record<string, string[]> = {
  ...plain('language-name operator-unknown contacts-unknown share-phone list-open our-fault'),
  'contacts-known': ['contacts'],
  'price-now': ['amount'],
  'price-until': ['amount', 'until'],
  'price-then': ['amount', 'from'],
  'prepaid-month': ['amount', 'from'],
  'prepaid-months': ['amount', 'from', 'until'],
  'months-count': ['count'],
  'years-count': ['count'],
  'days-within': ['days', 'hours'],
  'membership-mine': ['receipt'],
  'pay-month-choice': ['count', 'amount'],
  'pay-months-choice': ['count', 'amount'],
  'pay-open-line': ['month', 'amount', 'due'],
  'pay-sum': ['amount'],
  'pay-month-line': ['from', 'until', 'each', 'count', 'amount'],
  'pay-months-line': ['from', 'until', 'each', 'count', 'amount'],
  ...plain('pay-sure pay-unsure pay-number-card'),
  'pay-number': ['nik', 'end'],
  'pay-number-kpj': ['nik', 'end'],
  'dues-line': ['name', 'segment', 'count', 'months', 'amount', 'due'],
  ...plain('dues-sure dues-others dues-file dues-sheet dues-headings'),
  'dues-sum': ['count', 'amount'],
  'dues-unknown': ['count', 'months'],
  'submission-line': ['receipt', 'on', 'state'],
  ...plain('submission-received submission-registered submission-refused submission-withdrawn'),
  ...plain('submission-ended'),
  'data-line': ['label', 'value'],
  ...plain('role-village-head role-village-operator role-bumdes-agent role-coordinator'),
  ...plain('role-branch-officer role-branch-head'),
  ...plain('cohort-kepala-desa cohort-perangkat-desa cohort-bpd cohort-rt-rw cohort-lkd'),
  ...plain('cohort-kader cohort-rentan cohort-secretary segment-pu segment-bpu'),
  ...plain('base-unknown plan-unknown'),
  ...plain('ticket-held-elsewhere waits-not waits-for-other'),
  'ticket-line-bot': ['words'],
  'ticket-line-person': ['words'],
  'ticket-told': ['words'],
  ...plain('today-nothing'),
  ...forEach('today-submissions today-tickets today-alarms', ['count', 'since']),
  ...forEach('today-members today-exports', ['count', 'since']),
  ...plain('campaign-new campaign-state-draft campaign-state-tested campaign-state-running'),
  ...plain('campaign-state-waiting-approval campaign-state-scheduled campaign-state-canary'),
  ...plain('campaign-state-paused campaign-state-cancelled campaign-state-done'),
  ...plain('campaign-step-start campaign-step-approve campaign-step-go-on campaign-step-pause'),
  ...plain('campaign-step-resume campaign-step-cancel campaign-step-leave'),
  'campaign-line': ['title', 'state'],
  'campaign-counts': ['sent', 'failed', 'skipped', 'waiting', 'total'],
  ...forEach('waits-minutes waits-hours waits-days', ['count']),
  'cohort-counted': ['name', 'count'],
  'cohort-filled': ['name', 'count', 'posts'],
  'status-line': ['name', 'posts', 'registered', 'waiting', 'empty'],
  'status-next': ['month', 'amount', 'due'],
  'status-refused': ['name', 'position', 'reason'],
  'status-objected': ['name', 'position'],
  'overview-villages': ['villages', 'aware', 'underway', 'idle'],
  'overview-line': ['name', 'posts', 'registered', 'waiting'],
  'overview-growth': ['registered', 'before'],
  'lack-people': ['name', 'count'],
  'lack-unset': ['name'],
  'staff-entry': ['name', 'nik', 'position', 'cohort', 'village'],
  'open-link': ['link'],
  'office-link': ['link'],
  'office-no-address': [],
  ...plain('entry-by-village entry-by-agent'),
  'resident-entry': ['name', 'nik', 'occupation', 'income', 'programmes', 'village'],
  'residents-count': ['total', 'registered', 'waiting', 'refused'],
  'residents-more': ['count'],
  'resident-line': ['name', 'receipt', 'state'],
  'resident-objected': ['name', 'receipt'],
  ...plain('resident-refused resident-merged'),
  ...plain('resident-registered resident-waiting resident-ended'),
  'cohort-setting': ['segment', 'base', 'programmes'],
  'base-siltap': ['amount'],
  'base-umk': ['amount'],
  'base-fixed': ['amount'],
  'plan-line': ['name', 'count', 'each', 'month'],
  'plan-line-unsure': ['name', 'count', 'each', 'month'],
  'plan-line-unknown': ['name', 'count'],
  'plan-total-sure': ['month', 'year'],
  'plan-total-officer': ['month', 'year'],
  'plan-total-partly': ['month', 'year'],
  ...plain('plan-total-unknown'),
  'person-since': ['role', 'name', 'on'],
  'person-me': ['role', 'name', 'on'],
  'person-invited': ['role', 'name', 'on'],
}

/** Words of the web chat page around the talk. */
export const webPhrases: Record<string, string[]> = {
  ...plain(
    'web-welcome web-begin web-talk web-choices web-write web-send web-sending web-sent',
    'web-received web-typing web-late web-refresh web-reconnecting web-not-sent web-too-many',
    'web-too-long web-cookie web-forget web-forget-short web-forget-why web-forget-yes',
    'web-forget-no',
    'web-not-found web-broken web-back',
    'web-page-title web-page-promise web-page-kept web-page-stale',
    'web-link-title web-link-scan web-link-type web-link-secret web-link-page',
    'web-link-wait web-link-done web-link-over',
    'verify-title verify-ask verify-another verify-check verify-again verify-too-many verify-file',
  ),
  'verify-stands': ['village', 'on', 'today'],
  'verify-ended': ['village', 'on', 'ended'],
  'verify-unknown': ['operator'],
  'verify-hint': ['length', 'example'],
}

/** What the bot says first, when an officer has looked at something. */
export const noticePhrases: Record<string, string[]> = {
  'enrolment-received': ['operator', 'receipt'],
  'enrolment-parked': ['operator', 'receipt'],
  'enrolment-registered': ['operator', 'receipt', 'kpj'],
  'enrolment-refused': ['operator', 'receipt', 'reason'],
  'enrolment-merged': ['operator', 'receipt', 'kept'],
  'enrolment-question': ['operator', 'receipt', 'question'],
  'membership-ended': ['operator', 'receipt', 'on', 'reason'],
  'membership-ended-died': ['operator', 'receipt', 'on'],
  'membership-reopened': ['operator', 'receipt'],
  'membership-resumed': ['operator', 'receipt', 'from'],
  'ticket-answered': ['operator', 'answer'],
  'ticket-heard': ['ticket'],
  'accident-answered': ['operator', 'answer'],
  'correction-done': ['operator'],
  'correction-refused': ['operator', 'reason'],
  'erasure-done': ['operator'],
  ...forEach('reminder-before reminder-due reminder-asked reminder-late reminder-late-again', [
    'operator',
    'receipts',
    'months',
    'amount',
    'due',
    'sure',
  ]),
  ...plain('campaign-somebody campaign-some-village'),
  'campaign-type-word': ['word'],
  'campaign-preview': ['title', 'total', 'reached', 'left', 'minutes'],
  ...forEach('campaign-needs-second campaign-begins campaign-nobody', ['title']),
  'campaign-first': ['title', 'count'],
  'campaign-progress': ['title', 'state', 'done', 'total'],
  'campaign-foot': ['operator'],
  'reminder-maybe-ended': ['operator', 'receipts', 'months'],
  'reminder-unsure': [],
  ...forEach('agent-before agent-due agent-late agent-maybe-ended', [
    ...['operator', 'village', 'count', 'months', 'amount', 'due', 'sure', 'list'],
  ]),
  ...forEach('village-before village-due village-late village-maybe-ended', [
    ...['operator', 'village', 'count', 'months', 'amount', 'due', 'sure', 'list'],
  ]),
  'village-person': ['name', 'amount', 'months'],
  'village-more': ['count'],
  'village-answers': ['operator', 'village', 'count', 'list'],
  'village-answer-registered': ['name', 'kpj'],
  'village-answer-refused': ['name', 'reason'],
  ...forEach('sponsor-before sponsor-late', [
    ...['operator', 'payer', 'area', 'count', 'months', 'amount', 'due'],
  ]),
  ...plain('payer-apbd payer-apbn payer-csr payer-agent'),
  'news-near-limit': ['operator', 'receipt', 'age'],
  'news-price': ['operator', 'from', 'old', 'new'],
  'news-jkm-full': ['operator', 'receipt', 'amount'],
  'news-scholarship': ['operator', 'receipt', 'years'],
  'sadar-given': ['operator', 'village', 'on'],
  'sadar-certified': ['operator', 'village', 'on', 'agreement', 'code'],
  'sadar-lost': ['operator', 'village', 'on', 'lacks'],
}

/** Words of the certificate that a village hangs on its wall. */
export const certificatePhrases: Record<string, string[]> = {
  ...plain('certificate-title certificate-subtitle certificate-intro certificate-agreement'),
  ...plain('certificate-people certificate-code certificate-check-office'),
  'certificate-file': ['village'],
  'certificate-village': ['village'],
  'certificate-place': ['district', 'regency'],
  'certificate-sentence': ['on'],
  'certificate-issuer': ['operator'],
  'certificate-check': ['address'],
}

/** Words of the picture that those who coordinate an area see of it. */
export const picturePhrases: Record<string, string[]> = {
  ...plain('picture-file picture-villages picture-aware picture-underway picture-idle'),
  ...plain('picture-people picture-registered picture-waiting'),
  'picture-on': ['on'],
  'picture-of': ['count', 'posts'],
  'picture-before': ['count'],
}

/** What is said of lists of people: of the whole file, of one row, and in the template. */
export const rosterPhrases: Record<string, string[]> = {
  ...plain('roster-accepted roster-waiting roster-rejected roster-verdict-heading'),
  ...plain('roster-reading roster-writing roster-no-column'),
  ...plain('roster-left-out roster-no-position roster-file-name roster-template-name'),
  'roster-sent': ['code'],
  'roster-gap': ['at', 'name', 'position'],
  'roster-gap-unnamed': ['at', 'position'],
  'roster-people': ['count'],
  'roster-count-accepted': ['count'],
  'roster-count-known': ['count'],
  'roster-count-waiting': ['count'],
  'roster-count-rejected': ['count'],
  'roster-group': ['name', 'count'],
  'roster-trouble': ['at', 'name', 'why'],
  'roster-trouble-unnamed': ['at', 'why'],
  'roster-more': ['count'],
  'roster-written': ['count', 'left'],
  'roster-written-all': ['count'],
  'roster-person-line': ['name', 'code'],
  ...plain('roster-handout-sheet roster-handout-lists roster-handout-example'),
  ...Object.fromEntries(refusals.map((refusal) => [`roster-${refusal}`, []])),
  ...Object.fromEntries(reasons.map((reason) => [`roster-${reason}`, reasonBlanks[reason] ?? []])),
}

/**
 * Phrases that there may be any number of, by the first part of their name: the short name of an
 * answer or of something held, a line of the commands menu, a reason that officers choose, what an
 * alarm means and what to do about it, what somebody waits for an officer for, what an action of
 * the workplace did or did not, why a membership ended, and what officers say often.
 */
export const openPhrases = [
  ...['answer-', 'data-', 'command-', 'reason-', 'alarm-', 'waits-for-', 'canned-'],
  ...['office-told-', 'office-failed-', 'ended-because-'],
]

/** Phrases without blanks, from lines of names. */
export function plain(...lines: string[]): Record<string, string[]> {
  return forEach(lines.join(' '), [])
}

/** Phrases that fill the same blanks, from a line of names. */
function forEach(line: string, blanks: string[]): Record<string, string[]> {
  return Object.fromEntries(line.split(' ').map((id) => [id, blanks]))
}
