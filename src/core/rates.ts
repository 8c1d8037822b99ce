// Dated figures: looked up for a day, refused outside every period.

/** All figures of flows/rates, checked. */
export interface Rates {
  version: string
}
