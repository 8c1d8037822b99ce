// The keys of the linked account: read from the registry, written only by the owner of the number.
import type { Ownership } from './ownership.ts'
import type { WaAuth, WaKeyChanges } from './port.ts'

/** Where the keys are kept, sealed; each write is one transaction that checks the fence. */
export interface AuthStore {
  /** What was kept; undefined when there never was anything. Throws when it cannot be read. */
  readCreds(): Promise<unknown>
  readKeys(kind: string, ids: string[]): Promise<Record<string, unknown>>
  /** Rejects when the fence is not the current one. */
  writeKeys(fence: number, changes: WaKeyChanges): Promise<void>
}

/** Told of keys that cannot be read, and of writes that failed, before the caller is. */
export type OnAuthTrouble = (error: unknown) => void

/** Somebody else owns the number now: nothing was written. */
class NotOwner extends Error {
  constructor() {
    super('another process owns the number')
  }
}

/** Opens what is kept. Throws what `readCreds` throws; it never stands for a new identity. */
export async function openAuth(
  store: AuthStore,
  ownership: Ownership,
  onTrouble: OnAuthTrouble,
): Promise<WaAuth> {
  const kept = await store.readCreds()
  const tell = (error: unknown) => {
    onTrouble(error)
    return Promise.reject(error)
  }
  return {
    creds: kept === undefined ? undefined : withoutHalfLink(kept),
    readKeys: (kind, ids) => store.readKeys(kind, ids).catch(tell),
    write: async (changes) => {
      if (!ownership.mayAct()) throw new NotOwner()
      await store.writeKeys(ownership.fence, changes).catch(tell)
    },
  }
}

/**
 * A code that was asked for and never typed leaves a number behind: with it the client would log in
 * to an account that it was never linked to, and be refused for good.
 */
function withoutHalfLink(kept: unknown): Record<string, unknown> {
  const creds = { ...(kept as Record<string, unknown>) }
  if (isLinked(creds)) return creds
  const { me: _number, pairingCode: _code, ...rest } = creds
  return { ...rest, registered: false }
}

/** Whether a phone was ever linked with these keys. */
export function isLinked(creds: Record<string, unknown> | undefined): boolean {
  return Boolean(creds?.me && creds.account)
}
