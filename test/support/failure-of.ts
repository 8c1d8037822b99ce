// The error with which a send failed.
import { SendError } from '../../src/channels/channel.ts'

/** Resolves with it; throws when the send went well or failed in a way that channels never should. */
export async function failureOf(sending: Promise<unknown>): Promise<SendError> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof SendError)) throw new Error(`no SendError but ${error}`)
  return error
}
