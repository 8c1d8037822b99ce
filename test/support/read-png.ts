// Reads a PNG with a palette, as src/picture writes it: by the format's own rules, not by ours.
import { crc32, inflateSync } from 'node:zlib'

/** A picture as colours `#rrggbb`, row by row. */
export interface ReadPng {
  width: number
  height: number
  colourAt(x: number, y: number): string
}

/** Reads a PNG; throws on one that is broken, or of another kind. */
export function readPng(file: Buffer): ReadPng {
  const parts = new Map<string, Buffer>()
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    const body = file.subarray(at + 4, at + 8 + length)
    if (crc32(body) !== file.readUInt32BE(at + 8 + length)) throw new Error('a broken part')
    parts.set(body.toString('latin1', 0, 4), body.subarray(4))
    at += 12 + length
  }
  const [head, palette, data] = ['IHDR', 'PLTE', 'IDAT'].map((kind) => parts.get(kind))
  if (!head || !palette || !data) throw new Error('a part is missing')
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const rows = inflateSync(data)
  if (rows.length !== (width + 1) * height) throw new Error('another size than it says')
  return {
    width,
    height,
    colourAt: (x, y) => {
      const index = rows[y * (width + 1) + 1 + x] ?? 0
      return `#${palette.toString('hex', index * 3, index * 3 + 3)}`
    },
  }
}

/** How many pixels of each of these colours lie in a row. */
export function countInRow({ width, colourAt }: ReadPng, y: number, colours: string[]): number[] {
  const row = Array.from({ length: width }, (_, x) => colourAt(x, y))
  return colours.map((colour) => row.filter((one) => one === colour).length)
}
