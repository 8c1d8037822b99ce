// Hides long numbers in words that are shown again.

/** The words with the middle of every number of nine digits or more replaced by dots. */
export function hideLongNumbers(words: string): string {
  return words.replace(/\d(?:[ .-]?\d){8,}/g, (number) => {
    const digits = number.replace(/\D/g, '')
    return `${digits.slice(0, 4)}••••${digits.slice(-4)}`
  })
}
