// Which failures of the network say that nothing was sent.

/** Failures before a byte of the request left. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** Whether a request that failed for this cause, as the network names it, surely never left. */
export function isSurelyUnsent(cause: unknown): boolean {
  const hasCode = typeof cause === 'object' && cause !== null && 'code' in cause
  return hasCode && neverLeft.has(String(cause.code))
}
