// Turns SVG into PNG, the same on every machine: a renderer and letters that come with the program.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { encodePng } from './png.ts'

const find = createRequire(import.meta.url).resolve
const faces = ['DejaVuSansCondensed.ttf', 'DejaVuSansCondensed-Bold.ttf']

/** The name of the letters in SVG; there is a plain face and a bold one. */
export const fontFamily = 'DejaVu Sans'

let starting: Promise<Buffer[]> | undefined

async function start(): Promise<Buffer[]> {
  await initWasm(await readFile(find('@resvg/resvg-wasm/index_bg.wasm')))
  return Promise.all(faces.map((face) => readFile(find(`dejavu-fonts-ttf/ttf/${face}`))))
}

/** The picture of an SVG as PNG, in the size that it says. Throws on what is no SVG. */
export async function renderPng(svg: string): Promise<Buffer> {
  starting ??= start()
  const fontBuffers = await starting
  const font = { fontBuffers, defaultFontFamily: fontFamily, loadSystemFonts: false }
  const renderer = new Resvg(svg, { font })
  const image = renderer.render()
  try {
    return encodePng({ width: image.width, height: image.height, rgba: image.pixels })
  } finally {
    image.free()
    renderer.free()
  }
}
