// Where the answers of a submission are sealed, and what was filled in beside them.

/** The place of a submission's answers, by its receipt. */
export function answersPlace(receipt: string): string {
  return `submission.answers:${receipt}`
}

/** The place of what a merged submission filled in, by the receipt of the one that stays. */
export function filledPlace(receipt: string): string {
  return `submission.filled:${receipt}`
}
