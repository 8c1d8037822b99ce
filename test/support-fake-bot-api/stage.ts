// A fake Bot API and grammY's client of it, new for each test of the file that asks for them.
import { Api, GrammyError, HttpError } from 'grammy'
import { afterEach, beforeEach } from 'vitest'
import { type FakeBotApi, startFakeBotApi } from '../support/fake-bot-api.ts'

/** The fake of the test that runs now. */
export let fake: FakeBotApi

/** The client of that fake. */
export let api: Api

/** Starts both before each test of this file, and ends the fake after it. */
export function startForEachTest() {
  beforeEach(async () => {
    fake = await startFakeBotApi()
    api = new Api(fake.token, { apiRoot: fake.apiRoot })
  })
  afterEach(() => fake.close())
}

/** What a call was refused with: its number and words, `no answer`, or `accepted`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof GrammyError) return `${error.error_code} ${error.description}`
  return error instanceof HttpError ? 'no answer' : 'accepted'
}
