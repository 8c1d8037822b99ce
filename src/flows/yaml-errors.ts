// Says in an officer's words what the YAML reader stumbled over, and where it was typed.

/** What the reader of YAML says of a mistake. */
interface YamlMistake {
  code: string
  message: string
}

/** Signs that mean something to YAML when a bare sentence begins with them. */
const reserved = /^\s*(?:- )?[^\s:"]+:\s+([*&{}[\]@`%>|,?#!])/

const openQuote = /:\s+(["'])(?:(?!\1).)*$/

/** The line where the mistake was typed, from 1, and one sentence about it. */
export function explain(mistake: YamlMistake, at: number, lines: string[]) {
  const { code, message } = mistake
  const typed = lines[at - 1] ?? ''
  const say = (sentence: string, line = at) => ({ line, sentence })
  if (/^\s*\t/.test(typed)) return say('ada tab di awal baris; pakai spasi')
  if (code === 'DUPLICATE_KEY') return say('kata ini ditulis dua kali di tempat yang sama')
  if (code === 'MULTIPLE_DOCS') return say('tanda --- tidak dipakai; hapus baris ini')
  if (/Missing closing/.test(message)) {
    const line = lines.findIndex((one) => openQuote.test(one)) + 1
    return say('tanda kutip dibuka tetapi tidak ditutup', line || at)
  }
  const sign = reserved.exec(typed)?.[1]
  if (sign) {
    return say(`kalimat yang diawali tanda ${sign} ditulis di baris baru setelah tanda |`)
  }
  if (/^\s*(- )?[\w-]+:\s+["']/.test(typed)) {
    return say('ada kata setelah tanda kutip penutup; tulis di baris baru setelah tanda |')
  }
  if (/^\s*(- )?[\w-]+:\S/.test(typed)) return say('perlu spasi setelah titik dua')
  if (/nested mappings/i.test(message)) {
    return say('ada titik dua di tengah kalimat; tulis kalimatnya di baris baru setelah tanda |')
  }
  return say('awal barisnya tidak sejajar dengan baris di atasnya, atau tanda - tertinggal')
}
