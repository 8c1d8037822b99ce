// Makes the documents that messages carry, each anew from its rows: one maker for each source.
import { drawCertificate } from './certificate/certificate.ts'
import { sayCertificate } from './certificate/say.ts'
import type { Document, DocumentSource } from './core/message.ts'
import { makeCampaignFile } from './documents/campaign-file.ts'
import { makeAreaPicture } from './documents/overview.ts'
import { makeRosterAnswers, makeRosterTemplate } from './documents/rosters.ts'
import { makeVillageDues } from './documents/village-dues.ts'
import { findCertificate } from './registry/certificates.ts'
import type { Runtime } from './runtime.ts'

/** What makers are given. */
export type DocumentGround = Pick<Runtime, 'config' | 'clock' | 'db' | 'seal' | 'book'>

/** Makes one document by its id; undefined when there is no such one any more. */
export type DocumentMaker = (ground: DocumentGround, id: string) => Promise<Buffer | undefined>

const makers: Partial<Record<DocumentSource, DocumentMaker>> = {
  'area-picture': makeAreaPicture,
  'campaign-file': makeCampaignFile,
  'roster-answers': makeRosterAnswers,
  'roster-template': makeRosterTemplate,
  'village-dues': makeVillageDues,
  certificate: async ({ config, db, seal, book }, code) => {
    const certificate = await findCertificate(db.pool, seal, code)
    if (!certificate) return undefined
    return drawCertificate(sayCertificate(book, 'id', certificate, config.PUBLIC_URL))
  },
}

/** The bytes of a document as its rows are now; undefined when it is gone. Throws as rows do. */
export async function makeDocument(
  ground: DocumentGround,
  { source, id }: Document,
): Promise<Buffer | undefined> {
  return makers[source]?.(ground, id)
}
