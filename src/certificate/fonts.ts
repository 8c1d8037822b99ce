// The three faces of Times that every PDF reader has, and how wide their letters are.

/** A face that need not be in the file. */
export type Face = 'roman' | 'bold' | 'italic'

/** The names that PDF knows the faces by. */
export const faceNames: Record<Face, string> = {
  roman: 'Times-Roman',
  bold: 'Times-Bold',
  italic: 'Times-Italic',
}

/** Widths of the characters from the blank to the tilde, in thousandths of the size. */
const widths: Record<Face, number[]> = {
  roman: numbers(
    '250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500',
    '500 500 500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889',
    '722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500',
    '444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480',
    '200 480 541',
  ),
  bold: numbers(
    '250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500',
    '500 500 500 333 333 570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944',
    '722 778 611 778 722 556 667 722 722 1000 722 722 667 333 278 333 581 500 333 500 556 444 556',
    '444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722 500 500 444 394',
    '220 394 520',
  ),
  italic: numbers(
    '250 333 420 500 500 833 778 214 333 333 500 675 250 333 250 278 500 500 500 500 500 500 500',
    '500 500 500 333 333 675 675 675 500 920 611 611 667 722 611 611 722 722 333 444 667 556 833',
    '667 722 611 722 611 500 556 722 611 833 611 556 556 389 278 389 422 500 333 500 500 444 500',
    '444 278 500 500 278 278 444 278 722 500 500 500 500 389 389 278 500 444 667 444 444 389 400',
    '275 400 541',
  ),
}

function numbers(...lines: string[]): number[] {
  return lines.flatMap((line) => line.split(' ').map(Number))
}

/** A text as the faces have it: letters with signs that they lack lose the signs. */
export function plainLetters(text: string): string {
  const straight = text.replace(/[‘’ʼ]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, '-')
  return straight.normalize('NFD').replace(/[^\x20-\x7e]/g, '')
}

/** How wide plain letters are at a size, in points, with so much space after each letter. */
export function widthOf(text: string, face: Face, size: number, spacing = 0): number {
  const units = [...text].reduce(
    (sum, letter) => sum + (widths[face][letter.charCodeAt(0) - 32] ?? 0),
    0,
  )
  return (units * size) / 1000 + spacing * Math.max(0, text.length - 1)
}

/** Plain letters in lines no wider than so many points, broken between words. */
export function wrapped(text: string, face: Face, size: number, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = [lines.at(-1), word].filter((part) => part !== undefined).join(' ')
    const hasRoom = lines.length > 0 && widthOf(longer, face, size) <= width
    if (hasRoom) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
