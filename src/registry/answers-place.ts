// Where the answers of a submission are sealed.

/** The place of a submission's answers, by its receipt. */
export function answersPlace(receipt: string): string {
  return `submission.answers:${receipt}`
}
