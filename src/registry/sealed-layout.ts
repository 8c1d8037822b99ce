// How a sealed value is laid out: version, key id, nonce, ciphertext, tag.

/** Bytes of the nonce, drawn anew for every value. */
export const nonceBytes = 12

/** Bytes of the tag at the end. */
export const tagBytes = 16

/** Bytes before the ciphertext: version, key id and nonce. */
export const headBytes = 2 + nonceBytes
