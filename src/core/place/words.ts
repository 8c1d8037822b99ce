// Cuts what is written about a place into plain words, and knows words that mean the same.

/** Plain words of a text: lower case, without accents and apostrophes, cut at everything else. */
export function toWords(text: string): string[] {
  // Nearly every official name is this plain, and there are 83,762 of them to read at the start.
  if (/^[A-Za-z]+(?: [A-Za-z]+)*$/.test(text)) return text.toLowerCase().split(' ')
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’‘ʼ`´"*]/gu, '')
  return plain.match(/[a-z0-9]+/g) ?? []
}

/** Numbers as villages are numbered: in words, in Roman figures. Each is written as its figure. */
const numbers = [
  ['satu', 'i'],
  ['dua', 'ii'],
  ['tiga', 'iii'],
  ['empat', 'iv'],
  ['lima', 'v'],
  ['enam', 'vi'],
  ['tujuh', 'vii'],
  ['delapan', 'viii'],
  ['sembilan', 'ix'],
  ['sepuluh', 'x'],
  ['sebelas', 'xi'],
  ['xii'],
  ['xiii'],
  ['xiv'],
  ['xv'],
]

/** Short forms that people write, and the word they stand for. */
const shortForms: Record<string, string> = {
  sungai: 'sei sui',
  tanjung: 'tj tjg tg',
  kampung: 'kp kpg',
  gunung: 'gn gng',
  meunasah: 'mns',
  simpang: 'sp spg',
  kepulauan: 'kep',
}

const sameWords = new Map([
  ...numbers.flatMap((forms, at) => forms.map((form): [string, string] => [form, `${at + 1}`])),
  ...Object.entries(shortForms).flatMap(([word, forms]) =>
    forms.split(' ').map((form): [string, string] => [form, word]),
  ),
])

/**
 * What words are looked up by: run together, because people differ about spaces (Sido Mulyo,
 * Sidomulyo); once as they are and, when it differs, once with figures and full words.
 */
export function toKeys(words: readonly string[]): string[] {
  const plain = words.join('')
  if (!words.some((word) => sameWords.has(word))) return [plain]
  const full = words.map((word) => sameWords.get(word) ?? word).join('')
  return plain === full ? [plain] : [plain, full]
}
