// Rules about registrations that an officer decides on.
import { readBranchWaiting } from '../branch-waiting.ts'
import type { Rule, TalkContext } from '../context.ts'
import { heldReviewUses, readHeldReview, readReviewCard, readReviewQueue } from '../review.ts'

/** What waits, what was chosen to be done, and whether somebody was quicker. */
export const reviewRules: Record<string, Rule> = {
  // One that was opened by itself needs no list.
  'nothing-to-review': {
    uses: [],
    mayUse: ['submission'],
    needs: ['review-queue'],
    holds: ({ answers, facts }) =>
      answers.submission === undefined && readReviewQueue(facts['review-queue']).count === 0,
  },
  // As it stood when the summary was told: who answers it later is led there all the same.
  'nobody-to-review': {
    uses: [],
    needs: ['branch-waiting'],
    holds: ({ facts }) => readBranchWaiting(facts['branch-waiting']).submissions.count === 0,
  },
  'review-is-gone': {
    uses: ['submission'],
    needs: ['review-card'],
    holds: ({ facts }) => readReviewCard(facts['review-card']) === undefined,
  },
  'submission-is-refused': chosen('refuse'),
  'submission-is-asked-about': chosen('ask'),
  'submission-is-left': chosen('leave'),
  'review-was-decided': {
    uses: ['submission', 'submission-step'],
    mayUse: heldReviewUses,
    needs: ['review-held'],
    holds: (talk) => heldIn(talk) === 'decided',
  },
  'kpj-is-taken': {
    uses: ['submission', 'submission-kpj'],
    mayUse: heldReviewUses,
    needs: ['review-held'],
    holds: (talk) => heldIn(talk) === 'taken',
  },
  'no-more-to-review': {
    uses: ['submission'],
    needs: ['review-left'],
    holds: ({ facts }) => facts['review-left'] === 0,
  },
}

function chosen(step: string): Rule {
  return { uses: ['submission-step'], holds: ({ answers }) => answers['submission-step'] === step }
}

function heldIn({ facts }: TalkContext) {
  return readHeldReview(facts['review-held'])
}
