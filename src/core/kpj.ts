// The number of a membership.

/** Digits of the number, as branches print it. */
export const kpjDigits = 11

/** Whether it can be the number of a membership. */
export function isKpj(text: string): boolean {
  return text.length === kpjDigits && /^\d+$/.test(text)
}
