// Finds villages by the way people write them.

/** One village or kelurahan of the official list. */
export interface Village {
  /** `PP.RR.DD.VVVV` as in Kepmendagri 300.2.2-2430/2025. */
  code: string
  name: string
  district: string
  regency: string
  province: string
}

/** The official list with its look-ups, held in memory. */
export interface Places {
  get(code: string): Village
}
