// Pictures and files on the platform: each is uploaded once, and again before it is forgotten.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Graph } from './graph.ts'

/** The platform keeps what was uploaded for 30 days. */
const keptMs = 25 * 24 * 60 * 60_000

/** What the platform takes, by the ending of the name. */
const types = new Map([
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.png', 'image/png'],
  ['.pdf', 'application/pdf'],
  ['.txt', 'text/plain'],
  ['.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
])

/** Files by their ids on the platform. */
export interface Media {
  /**
   * The file's id and its plain name; undefined when there is no such file or the platform takes
   * none of its kind: the words matter more. Throws as the upload does.
   */
  find(name: string): Promise<{ id: string; name: string } | undefined>
  /** The platform does not know the id any more. */
  forget(name: string): void
}

/** Makes the media of one number; nothing is read or uploaded before it is asked for. */
export function createMedia(
  graph: Pick<Graph, 'uploadMedia'>,
  filesDir: string | undefined,
  now: () => number,
): Media {
  const known = new Map<string, { id: Promise<string | undefined>; until: number }>()
  async function upload(name: string): Promise<string | undefined> {
    const type = types.get(path.extname(name).toLowerCase())
    if (filesDir === undefined || type === undefined) return undefined
    const content = await readFile(path.join(filesDir, name)).catch(() => undefined)
    return content && graph.uploadMedia({ name, type, content })
  }
  return {
    forget: (name) => void known.delete(path.basename(name)),
    find: async (given) => {
      const name = path.basename(given)
      const kept = known.get(name)
      const usable = kept && kept.until > now() ? kept : { id: upload(name), until: now() + keptMs }
      known.set(name, usable)
      try {
        const id = await usable.id
        return id === undefined ? undefined : { id, name }
      } catch (error) {
        known.delete(name)
        throw error
      }
    },
  }
}
