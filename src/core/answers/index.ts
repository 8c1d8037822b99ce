// Every kind of typed answer and the reader that understands it.
import { codeReader } from './code.ts'
import { comingDayReader } from './coming-day.ts'
import { dateReader } from './date.ts'
import { documentReader } from './document.ts'
import { kpjReader } from './kpj.ts'
import { messageReader } from './message.ts'
import { moneyReader } from './money.ts'
import { nameReader } from './name.ts'
import { nikReader } from './nik.ts'
import { numberReader } from './number.ts'
import { phoneReader } from './phone.ts'
import { pinReader } from './pin.ts'
import type { AnswerKind, Reader } from './reading.ts'
import { textReader } from './text.ts'

/** The readers by kind; the one for places needs the official list and is made by the caller. */
export function createReaders(place: Reader): Record<Exclude<AnswerKind, 'choice'>, Reader> {
  return {
    nik: nikReader,
    name: nameReader,
    date: dateReader,
    money: moneyReader,
    phone: phoneReader,
    place,
    number: numberReader,
    text: textReader,
    message: messageReader,
    code: codeReader,
    pin: pinReader,
    document: documentReader,
    'coming-day': comingDayReader,
    kpj: kpjReader,
  }
}
