// Pictures and files on the platform: what goes to many is uploaded once, and again before it is
// forgotten.
import type { Attached } from '../attached.ts'
import type { Graph } from './graph.ts'

/** The platform keeps what was uploaded for 30 days. */
const keptMs = 25 * 24 * 60 * 60_000

/** What the platform takes. */
const taken = /^(image\/(jpeg|png)|application\/(pdf|vnd\..+)|text\/plain)$/

/** Files by their ids on the platform. */
export interface Media {
  /**
   * The file's id; undefined when the platform takes none of its kind: the words matter more.
   * Throws as the upload does.
   */
  find(attached: Attached): Promise<string | undefined>
  /** The platform does not know the id any more. */
  forget(attached: Attached): void
}

/** Makes the media of one number; nothing is uploaded before it is asked for. */
export function createMedia(graph: Pick<Graph, 'uploadMedia'>, now: () => number): Media {
  const known = new Map<string, { id: Promise<string>; until: number }>()
  const upload = ({ name, mime, bytes }: Attached) =>
    graph.uploadMedia({ name, type: mime, content: bytes })
  return {
    forget: ({ sharedAs }) => {
      if (sharedAs !== undefined) known.delete(sharedAs)
    },
    find: async (attached) => {
      const { mime, sharedAs } = attached
      if (!taken.test(mime)) return undefined
      if (sharedAs === undefined) return upload(attached)
      const kept = known.get(sharedAs)
      const isUsable = kept && kept.until > now()
      const usable = isUsable ? kept : { id: upload(attached), until: now() + keptMs }
      known.set(sharedAs, usable)
      try {
        return await usable.id
      } catch (error) {
        known.delete(sharedAs)
        throw error
      }
    },
  }
}
