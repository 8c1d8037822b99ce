// One page of PDF: lines, shapes and letters, always the same bytes for the same page.
import { type Face, faceNames, plainLetters, widthOf } from './fonts.ts'

/** A colour as PDF has it: red, green and blue from 0 to 1. */
export type Colour = readonly [number, number, number]

/** Where something is drawn, in points from the lower left corner. */
export interface Point {
  x: number
  y: number
}

/** How letters are set. */
export interface Setting {
  face: Face
  size: number
  colour: Colour
  /** Space after each letter, in points. */
  spacing?: number
}

/** A page under way. */
export interface Page {
  readonly width: number
  readonly height: number
  /** A box of one colour. */
  box(at: Point, width: number, height: number, colour: Colour): void
  /** The outline of a box. */
  frame(at: Point, width: number, height: number, thick: number, colour: Colour): void
  /** A line through points; curves take three points each: two that pull, one that is reached. */
  stroke(path: Path, thick: number, colour: Colour): void
  /** An area of one colour. */
  fill(path: Path, colour: Colour): void
  /** Letters on one line, with their middle at the point. */
  centred(text: string, middle: Point, setting: Setting): void
  /** Letters on one line that begin at the point. */
  written(text: string, start: Point, setting: Setting): void
  /** The finished file. */
  finish(title: string): Buffer
}

/** A path: where it starts, then straight lines or curves. */
export interface Path {
  start: Point
  parts: (Point | readonly [Point, Point, Point])[]
}

/** Makes a page of so many points; 72 are an inch. */
export function createPage(width: number, height: number): Page {
  const drawn: string[] = []
  const draw = (line: string) => void drawn.push(line)
  const written = (text: string, { x, y }: Point, setting: Setting) => {
    const { face, size, colour, spacing = 0 } = setting
    const letters = plainLetters(text).replace(/[\\()]/g, '\\$&')
    const font = `/${faceNames[face]} ${figure(size)} Tf ${figure(spacing)} Tc`
    draw(`BT ${rgb(colour)} rg ${font} ${figure(x)} ${figure(y)} Td (${letters}) Tj ET`)
  }
  return {
    width,
    height,
    box: ({ x, y }, w, h, colour) =>
      draw(`${rgb(colour)} rg ${[x, y, w, h].map(figure).join(' ')} re f`),
    frame: ({ x, y }, w, h, thick, colour) =>
      draw(`${rgb(colour)} RG ${figure(thick)} w ${[x, y, w, h].map(figure).join(' ')} re S`),
    stroke: (path, thick, colour) => draw(`${rgb(colour)} RG ${figure(thick)} w ${pathOf(path)} S`),
    fill: (path, colour) => draw(`${rgb(colour)} rg ${pathOf(path)} f`),
    centred: (text, { x, y }, setting) => {
      const { face, size, spacing } = setting
      const half = widthOf(plainLetters(text), face, size, spacing) / 2
      written(text, { x: x - half, y }, setting)
    },
    written,
    finish: (title) => fileOf({ width, height, title, content: drawn.join('\n') }),
  }
}

function figure(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function rgb(colour: Colour): string {
  return colour.map(figure).join(' ')
}

function pathOf({ start, parts }: Path): string {
  const at = ({ x, y }: Point) => `${figure(x)} ${figure(y)}`
  const lines = parts.map((part) => ('x' in part ? `${at(part)} l` : `${part.map(at).join(' ')} c`))
  return [`${at(start)} m`, ...lines].join(' ')
}

interface File {
  width: number
  height: number
  title: string
  content: string
}

/** The objects of the file one after the other, with the table that says where each begins. */
function fileOf({ width, height, title, content }: File): Buffer {
  const fonts = Object.values(faceNames).map(
    (name) => `/${name} << /Type /Font /Subtype /Type1 /BaseFont /${name} >>`,
  )
  const page = `/Type /Page /Parent 2 0 R /MediaBox [0 0 ${figure(width)} ${figure(height)}]`
  const letters = plainLetters(title).replace(/[\\()]/g, '\\$&')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< ${page} /Resources << /Font << ${fonts.join(' ')} >> >> /Contents 4 0 R >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `<< /Title (${letters}) >>`,
  ]
  let file = '%PDF-1.4\n'
  const starts = objects.map((object, index) => {
    const start = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(start).padStart(10, '0')} 00000 n \n`
  })
  const count = objects.length + 1
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${starts.join('')}`
  const trailer = `trailer\n<< /Size ${count} /Root 1 0 R /Info 5 0 R >>`
  return Buffer.from(`${file}${table}${trailer}\nstartxref\n${file.length}\n%%EOF\n`, 'latin1')
}
