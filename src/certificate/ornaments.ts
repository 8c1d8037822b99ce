// What makes a certificate worth a wall: its frame, its corners, its seal, drawn as lines.
import type { Colour, Page, Path, Point } from './pdf.ts'

/** The colours of the certificate. */
export const colours = {
  paper: [0.992, 0.988, 0.969],
  green: [0.043, 0.365, 0.275],
  gold: [0.714, 0.557, 0.251],
  paleGold: [0.878, 0.804, 0.627],
  ink: [0.11, 0.141, 0.129],
  soft: [0.333, 0.376, 0.357],
} as const satisfies Record<string, Colour>

/** How far a curve's pulling points lie out so that four curves make a circle. */
const roundness = 0.5523

/** An ellipse turned about its middle; angles in radians. */
function ellipse(middle: Point, wide: number, high: number, turned = 0): Path {
  const at = (across: number, up: number): Point => ({
    x: middle.x + across * wide * Math.cos(turned) - up * high * Math.sin(turned),
    y: middle.y + across * wide * Math.sin(turned) + up * high * Math.cos(turned),
  })
  const k = roundness
  return {
    start: at(1, 0),
    parts: [
      [at(1, k), at(k, 1), at(0, 1)],
      [at(-k, 1), at(-1, k), at(-1, 0)],
      [at(-1, -k), at(-k, -1), at(0, -1)],
      [at(k, -1), at(1, -k), at(1, 0)],
    ],
  }
}

/** Thin ellipses, each turned a little further than the one before: a rosette as on banknotes. */
function drawRosette(page: Page, middle: Point, size: number, petals: number, colour: Colour) {
  for (let petal = 0; petal < petals; petal += 1) {
    page.stroke(ellipse(middle, size, size * 0.42, (petal * Math.PI) / petals), 0.35, colour)
  }
}

/** The paper, two frames, and a rosette in each corner. */
export function drawFrame(page: Page) {
  const { width, height } = page
  page.box({ x: 0, y: 0 }, width, height, colours.paper)
  const inset = (by: number) => [{ x: by, y: by }, width - 2 * by, height - 2 * by] as const
  page.frame(...inset(22), 5, colours.green)
  page.frame(...inset(30), 0.8, colours.gold)
  page.frame(...inset(34), 0.4, colours.gold)
  for (const x of [32, width - 32]) {
    for (const y of [32, height - 32]) {
      page.fill(ellipse({ x, y }, 19, 19), colours.paper)
      drawRosette(page, { x, y }, 18, 12, colours.gold)
      page.fill(ellipse({ x, y }, 3.2, 3.2), colours.green)
    }
  }
}

/** A thin line on both sides of a diamond. */
export function drawDivider(page: Page, { x, y }: Point, reach: number) {
  for (const side of [-1, 1]) {
    const line = { start: { x: x + side * 10, y }, parts: [{ x: x + side * reach, y }] }
    page.stroke(line, 0.8, colours.gold)
  }
  const diamond = {
    start: { x: x - 5, y },
    parts: [
      { x, y: y + 5 },
      { x: x + 5, y },
      { x, y: y - 5 },
    ],
  }
  page.fill(diamond, colours.gold)
}

/** The seal: a house below a roof, in the middle of a rosette. */
export function drawSeal(page: Page, middle: Point, size: number) {
  drawRosette(page, middle, size, 30, colours.gold)
  page.fill(ellipse(middle, size * 0.64, size * 0.64), colours.paper)
  page.fill(ellipse(middle, size * 0.58, size * 0.58), colours.green)
  page.stroke(ellipse(middle, size * 0.52, size * 0.52), 0.6, colours.paleGold)
  page.fill(house(middle, size * 0.36), colours.paper)
}

/** The house of the chat page's sign, so wide on each side of its middle. */
function house({ x, y }: Point, reach: number): Path {
  const at = (across: number, up: number): Point => ({ x: x + across * reach, y: y + up * reach })
  return {
    start: at(0, 0.88),
    parts: [
      ...[at(1, 0.04), at(0.72, 0.04), at(0.72, -0.8), at(0.2, -0.8), at(0.2, -0.22)],
      ...[at(-0.2, -0.22), at(-0.2, -0.8), at(-0.72, -0.8), at(-0.72, 0.04), at(-1, 0.04)],
    ],
  }
}

/** The squares of a QR code in a box of so many points, the dark ones of a row in one piece. */
export function drawSquares(page: Page, { x, y }: Point, size: number, rows: boolean[][]) {
  const side = size / rows.length
  for (const [down, row] of rows.entries()) {
    for (let start = 0; start < row.length; start += 1) {
      if (!row[start]) continue
      let end = start
      while (row[end]) end += 1
      const corner = { x: x + start * side, y: y + size - (down + 1) * side }
      page.box(corner, (end - start) * side, side, colours.ink)
      start = end
    }
  }
}
