// The measured dialogue: what each invented person says, and what has to be answered.

/** One message and the text of its answer: the whole text, or the beginning of it. */
export interface Exchange {
  words: string
  /** Compared with the last reply's text, from its first character. */
  answer: string
}

/** The day on which the dialogue takes place. */
export const today = '2026-11-21'

/** The talk's id of one person: ten characters. */
export function talkIdOf(person: number): string {
  return `T${String(person).padStart(9, '0')}`
}

/** The twelve messages of one person, the same for every engine. */
export function dialogueOf(person: number): Exchange[] {
  const age = 18 + (person % 40)
  const thousands = 1_000 + (person % 500)
  const nik = `630305520385${String(1 + (person % 9_998)).padStart(4, '0')}`
  const name = `Siti ${letters(person)}`
  const village = `Desa ${letters(person * 7)}`
  const income = `Rp${thousands.toLocaleString('de')}.000`
  return [
    { words: 'Ukur', answer: 'Apa yang Anda perlukan?' },
    { words: '1', answer: 'Pilih bahasa.' },
    { words: 'Bahasa Indonesia', answer: 'Manfaat mana yang ingin' },
    { words: 'kecelakaan kerja', answer: 'Berapa umur Anda?' },
    { words: String(age), answer: 'Apa pekerjaan Anda?' },
    { words: 'Pedagang sayur', answer: 'Berapa penghasilan Anda' },
    { words: `${thousands}000`, answer: 'Berapa NIK Anda?' },
    { words: nik.slice(0, 15), answer: 'Kami menghitung 15 angka.' },
    { words: nik, answer: 'Siapa nama lengkap Anda?' },
    { words: name, answer: 'Di desa mana Anda tinggal?' },
    {
      words: village,
      answer: `${age} tahun, Pedagang sayur, ${income}, ${nik}, ${name}, ${village}. Sudah`,
    },
    { words: 'Ya, kirim', answer: 'Terima kasih. Tanda terima: SD-' },
  ]
}

/** Which of the messages is refused: it is answered, but leaves the talk where it was. */
export const badNikAt = 7

function letters(number: number): string {
  return [...number.toString(26)].map((digit) => alphabet[Number.parseInt(digit, 26)]).join('a')
}

const alphabet = 'Bcdfghjklmnpqrstvwxyzaeiou'
