// The words of a certificate, from its row and from flows/certificate.yaml.
import { showCode } from '../core/answers/code.ts'
import type { Book } from '../core/book.ts'
import { must } from '../core/must.ts'
import { sayPhrase } from '../core/phrase.ts'
import type { Certificate } from '../registry/certificates.ts'
import type { CertificateWords } from './certificate.ts'

/** Where a certificate is checked, below the address of the pages. */
function verifyPath(code: string): string {
  return `/verify/${showCode(code)}`
}

/** What a certificate says in one language; `site` is the address of the pages, if they have one. */
export function sayCertificate(
  book: Book,
  language: string,
  certificate: Certificate,
  site: string | undefined,
): CertificateWords {
  const say = (id: string, fills: Record<string, string> = {}) =>
    sayPhrase(book, language, `certificate-${id}`, fills).trim()
  const { code, villageCode, agreement, people, sinceOn } = certificate
  const village = must(book.places.find(villageCode), 'the village of a certificate')
  const address = site && new URL(verifyPath(code), site).href
  const shown = address?.replace(/^https?:\/\//, '') ?? ''
  return {
    title: say('title'),
    subtitle: say('subtitle'),
    intro: say('intro'),
    village: say('village', { village: village.name }),
    place: say('place', { district: village.district, regency: village.regency }),
    sentence: say('sentence', { on: book.readers.date.show(sinceOn, language) }),
    facts: [
      { name: say('agreement'), value: agreement },
      { name: say('people'), value: String(people) },
      { name: say('code'), value: showCode(code) },
    ],
    issuer: say('issuer', { operator: book.branch.operator }),
    check: address ? say('check', { address: shown }) : say('check-office'),
    ...(address && { address }),
  }
}
