// What is used of libsodium, which brings no types of its own: C functions over one memory.
declare module 'libsodium' {
  /** The library at work. Pointers are offsets in HEAPU8; a 64-bit length is given as two halves. */
  export interface Sodium {
    HEAPU8: Uint8Array<ArrayBuffer>
    _malloc(bytes: number): number
    /** 0 when all is well. */
    _sodium_init(): number
    _crypto_aead_chacha20poly1305_ietf_encrypt(
      sealed: number,
      sealedLength: 0,
      plain: number,
      plainLength: number,
      plainLengthHigh: 0,
      place: number,
      placeLength: number,
      placeLengthHigh: 0,
      secretNonce: 0,
      nonce: number,
      key: number,
    ): number
    /** 0 when it opens, else nothing was written. */
    _crypto_aead_chacha20poly1305_ietf_decrypt(
      plain: number,
      plainLength: 0,
      secretNonce: 0,
      sealed: number,
      sealedLength: number,
      sealedLengthHigh: 0,
      place: number,
      placeLength: number,
      placeLengthHigh: 0,
      nonce: number,
      key: number,
    ): number
  }

  /** Starts it; the random number is asked for by its own parts, never by ours. */
  export default function start(given: { getRandomValue: () => number }): Promise<Sodium>
}
