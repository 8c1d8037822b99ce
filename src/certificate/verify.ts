// What anybody who has its code may learn of a certificate: where, since when, whether it holds.
import { codeLength, showCode } from '../core/answers/code.ts'
import { nameArea } from '../core/area.ts'
import type { Book } from '../core/book.ts'
import { sayPhrase } from '../core/phrase.ts'
import { type Certificate, certificateDocument, findCertificate } from '../registry/certificates.ts'
import type { Runtime } from '../runtime.ts'
import type { VerifiedCertificate, Verifying } from '../web/verify-page.ts'
import { drawCertificate } from './certificate.ts'
import { sayCertificate } from './say.ts'

/** A code that is nobody's, as an example of what codes look like. */
const example = '7K3M2-92QXA'

/** Answers the page by the rows as they are now. */
export function createVerifying(
  runtime: Pick<Runtime, 'config' | 'db' | 'seal' | 'book' | 'clock'>,
): Verifying {
  const { config, db, seal, book, clock } = runtime
  const find = async (typed: string) => {
    const read = book.readers.code.read(typed, { on: clock.today() })
    return read.kind === 'value' ? findCertificate(db.pool, seal, String(read.value)) : undefined
  }
  return {
    find: async (typed, language) => {
      const found = await find(typed)
      return found && sayVerified(book, language, found, clock.today())
    },
    draw: async (typed, language) => {
      const found = await find(typed)
      const isStanding = found && found.endedOn === undefined
      const document = isStanding && certificateDocument(book, language, found)
      if (!document) return undefined
      const words = sayCertificate(book, language, found, config.PUBLIC_URL)
      return { name: document.name, bytes: drawCertificate(words) }
    },
    languages: ['id', ...book.languages.filter((one) => one !== 'id')],
    say: (language, id) =>
      sayPhrase(book, language, id, {
        operator: book.branch.operator,
        length: String(codeLength),
        example,
      }),
    isProxied: config.PUBLIC_URL?.startsWith('https:') ?? false,
  }
}

/** The answer in words: first whether it holds, and for a village that has it again, that too. */
function sayVerified(
  book: Book,
  language: string,
  certificate: Certificate,
  today: string,
): VerifiedCertificate {
  const { code, villageCode, sinceOn, endedOn, isSadarNow, agreement, people } = certificate
  const day = (on: string) => book.readers.date.show(on, language)
  const fills = {
    village: nameArea(book.places, villageCode),
    on: day(sinceOn),
    ended: day(endedOn ?? today),
    today: day(today),
  }
  const say = (id: string) => sayPhrase(book, language, id, fills).trim()
  const ids = endedOn === undefined ? ['verify-stands'] : ['verify-ended']
  if (endedOn !== undefined && isSadarNow) ids.push('verify-again')
  return {
    code: showCode(code),
    sentences: ids.map(say),
    isStanding: endedOn === undefined,
    facts: [
      { name: say('certificate-agreement'), value: agreement },
      { name: say('certificate-people'), value: String(people) },
      { name: say('certificate-code'), value: showCode(code) },
    ],
  }
}
