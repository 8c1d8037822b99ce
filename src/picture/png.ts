// Writes a picture of few colours as PNG with a palette: a third of the size of one without.
import { crc32, deflateSync } from 'node:zlib'

/** A picture as it was drawn: four bytes a pixel, red, green, blue and how solid it is. */
export interface Pixels {
  width: number
  height: number
  rgba: Uint8Array
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Steps between two shades of red, green or blue: sixteen shades of each are kept. */
const step = 17

/** The pixels as PNG, each channel rounded to sixteen shades; all of it solid. */
export function encodePng({ width, height, rgba }: Pixels): Buffer {
  const palette = new Map<number, number>()
  const rows = Buffer.alloc((width + 1) * height)
  for (let at = 0; at < width * height; at++) {
    const shade = (channel: number) => Math.round((rgba[at * 4 + channel] ?? 0) / step)
    const colour = shade(0) * 256 + shade(1) * 16 + shade(2)
    // Each row begins with a byte that says how it is written: plainly.
    rows[at + Math.floor(at / width) + 1] = indexOf(palette, colour)
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header(width, height)),
    chunk('PLTE', coloursOf(palette)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Where a colour stands in the palette; once that is full, the first stands for what comes. */
function indexOf(palette: Map<number, number>, colour: number): number {
  const known = palette.get(colour)
  if (known !== undefined) return known
  const index = palette.size < 256 ? palette.size : 0
  if (palette.size < 256) palette.set(colour, index)
  return index
}

function header(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits a pixel, each an index of the palette.
  head.writeUInt8(8, 8)
  head.writeUInt8(3, 9)
  return head
}

function coloursOf(palette: Map<number, number>): Buffer {
  const shades = [...palette.keys()].flatMap((colour) => {
    return [colour >> 8, (colour >> 4) & 15, colour & 15]
  })
  return Buffer.from(shades.map((shade) => shade * step))
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
