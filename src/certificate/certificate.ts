// The certificate of Desa Sadar: one page, A4 across, to be hung on the wall of the village office.
import encodeQr from 'qr'
import { type Face, plainLetters, widthOf, wrapped } from './fonts.ts'
import { colours, drawDivider, drawFrame, drawSeal, drawSquares } from './ornaments.ts'
import { createPage, type Page, type Point } from './pdf.ts'

/** What stands on a certificate, as people read it. */
export interface CertificateWords {
  title: string
  subtitle: string
  intro: string
  village: string
  place: string
  sentence: string
  /** Lines of a name and what goes with it. */
  facts: { name: string; value: string }[]
  issuer: string
  /** How anybody finds out whether it still holds. */
  check: string
  /** The address that is also drawn as a QR code; none where the pages have no address. */
  address?: string
}

/** A4 across, in points. */
const paper = { width: 841.89, height: 595.28 }
const middle = paper.width / 2
const textWidth = 610
/** Between the names of the facts and the QR code. */
const valueWidth = 400

/** Draws the certificate: always the same bytes for the same words. */
export function drawCertificate(words: CertificateWords): Buffer {
  const page = createPage(paper.width, paper.height)
  drawFrame(page)
  drawHead(page, words)
  drawBody(page, words)
  drawFoot(page, words)
  return page.finish(words.title)
}

/** The size at which a text is no wider than the page has room for, at most the given one. */
function fitting(text: string, face: Face, size: number, room = textWidth): number {
  const width = widthOf(plainLetters(text), face, size)
  return width <= room ? size : (size * room) / width
}

function drawHead(page: Page, { title, subtitle }: CertificateWords) {
  drawSeal(page, { x: middle, y: 506 }, 44)
  const large = title.toUpperCase()
  const size = fitting(large, 'bold', 38, textWidth - 4 * large.length)
  const setting = { face: 'bold', size, spacing: 4, colour: colours.green } as const
  page.centred(large, { x: middle, y: 414 }, setting)
  page.centred(subtitle, { x: middle, y: 386 }, { face: 'italic', size: 19, colour: colours.gold })
  drawDivider(page, { x: middle, y: 367 }, 150)
}

function drawBody(page: Page, { intro, village, place, sentence }: CertificateWords) {
  page.centred(intro, { x: middle, y: 340 }, { face: 'italic', size: 14, colour: colours.soft })
  const size = fitting(village, 'bold', 34)
  page.centred(village, { x: middle, y: 302 }, { face: 'bold', size, colour: colours.ink })
  page.centred(place, { x: middle, y: 279 }, { face: 'roman', size: 15, colour: colours.soft })
  const lines = wrapped(plainLetters(sentence), 'roman', 15, textWidth)
  for (const [index, line] of lines.entries()) {
    const at = { x: middle, y: 244 - index * 21 }
    page.centred(line, at, { face: 'roman', size: 15, colour: colours.ink })
  }
}

function drawFoot(page: Page, words: CertificateWords) {
  drawFacts(page, words, { x: 92, y: 140 })
  const qrSize = 78
  const corner = { x: paper.width - 92 - qrSize, y: 84 }
  if (words.address !== undefined) {
    const rows = encodeQr(words.address, 'raw', { ecc: 'medium', border: 2 })
    drawSquares(page, corner, qrSize, rows)
  }
  const issuer = { face: 'italic', size: 13, colour: colours.ink } as const
  page.centred(words.issuer, { x: middle, y: 66 }, issuer)
  page.centred(words.check, { x: middle, y: 48 }, { face: 'roman', size: 10, colour: colours.soft })
}

function drawFacts(page: Page, { facts }: CertificateWords, { x, y }: Point) {
  for (const [index, { name, value }] of facts.entries()) {
    const line = y - index * 24
    page.written(name, { x, y: line }, { face: 'italic', size: 11, colour: colours.soft })
    const start = { x: x + 120, y: line }
    const size = fitting(value, 'bold', 13, valueWidth)
    page.written(value, start, { face: 'bold', size, colour: colours.ink })
  }
}
