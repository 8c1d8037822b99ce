// The link to a one-time page: sealed, so that nobody can make one or read whose it is.
import { type Seal, SealError } from './seal.ts'

/** What a link holds. */
export interface PageLink {
  addressId: number
  /** The page's name in the talk. */
  page: string
  /** The last second (since 1970) at which it is good. */
  until: number
}

const place = 'page-link:'

/** The last part of the link's address. */
export function sealPageLink(seal: Seal, { addressId, page, until }: PageLink): string {
  return seal.seal(`${addressId} ${page} ${until}`, place).toString('base64url')
}

/** What a link holds; nothing when it was not made here or its time is over. */
export function openPageLink(seal: Seal, token: string, second: number): PageLink | undefined {
  try {
    const [addressId, page = '', until] = seal
      .open(Buffer.from(token, 'base64url'), place)
      .split(' ')
    const link = { addressId: Number(addressId), page, until: Number(until) }
    return second <= link.until ? link : undefined
  } catch (error) {
    if (error instanceof SealError) return undefined
    throw error
  }
}
