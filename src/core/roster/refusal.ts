// Why a whole file is not read: each reason is also the name of the sentence that says it.

/** Reasons, without the `roster-` that their sentences begin with. */
export const refusals = [
  'not-fetched',
  'empty',
  'too-large',
  'too-many-rows',
  'too-many-columns',
  'broken',
  'locked',
  'unsafe',
  'too-heavy',
  'kind-xls',
  'kind-ods',
  'kind-pdf',
  'kind-image',
  'kind-zip',
  'kind-html',
  'kind-other',
] as const

/** One of the reasons. */
export type Refusal = (typeof refusals)[number]
