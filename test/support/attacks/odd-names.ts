// Names that nobody has: ten thousand ways to be more than words, the same for the same seed.
import { createRandom, type Random } from '../simulate/random.ts'

/** What an attacker puts into a name, by what it is meant to become. */
export const fragments: Record<string, readonly string[]> = {
  script: ['<script>alert(1)</script>', '<ScRiPt src=//x></sCrIpT>', '</script><script>x()//'],
  handlers: ['"><img src=x onerror=alert(1)>', "' autofocus onfocus='x", '<svg/onload=x>'],
  frames: [
    '<iframe srcdoc=x>',
    '<form action=//x>',
    '<base href=//x>',
    '<meta http-equiv=refresh>',
  ],
  leaving: ['</title>', '</textarea><b>', '</td></tr></table>', '-->', '<!--', ']]>', '<![CDATA['],
  entities: ['&lt;b&gt;', '&#60;b&#62;', '&amp;lt;', '&quot;', '&#x3c;', '&', '&nbsp', '&bogus;'],
  bidi: ['\u202egnp.exe', '\u202d', '\u2066x\u2069', '\u200f', '\u200e', '\u061c', '\u202c'],
  invisible: ['\u200b', '\u200d', '\ufeff', '\u2060', '\u00ad', '\u034f', '\u180e'],
  formulas: ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x'],
  calls: ['=HYPERLINK("http://x","k")', "=cmd|'/c calc'!A0", '"=1"', ';=1+1', ',=1+1', '|=1'],
  broken: ['\ud83d', '\udc00', '\ud83d\ud83d', '\ufffe', '\uffff', '\u{10ffff}'],
  controls: ['\u0000', '\u0008', '\u000b', '\u001b[31m', '\u007f', '\u0085', '\u2028'],
  templates: ['{name}', '{operator}', '{{7*7}}', `${'$'}{7*7}`, '<%= 7 %>', '#{7}', '%s', '{0}'],
  replacing: ['$&', '$1', '$$', "$'", '$`', '\\1', '\\', '%00', '%3Cscript%3E'],
  sql: ["'; DROP TABLE person;--", "' OR '1'='1", '\\x27', "E'\\''", '$$ || $$', '%', '_'],
  headers: ['\r\nSet-Cookie: a=b', '\r\n\r\n<b>', '\nLocation: //x', '\r', '"; filename="x'],
  addresses: ['javascript:x', 'data:text/html,x', '//x', '../..', '](tg://user?id=1)', '*_[`~'],
  papers: [')) Tj ET (', '\\) Tj', '(', 'endstream', '%%EOF', '>> endobj', '<</Type/Action>>'],
  styles: ['}*{display:none}', '/**/', 'url(//x)', 'expression(x)', '`x`', '_x000D_', '_x005F_'],
}

const words = ['Siti', 'Ahmad', 'Noor', 'H.', "Ma'ruf", 'Ñuri', 'الله', '李', '👨‍👩‍👧', 'Z̷̢a', '']

/** So many names, no two alike, each with one to four fragments of any kind. */
export function oddNames(count: number, seed: number): string[] {
  const random = createRandom(seed)
  const names = new Set<string>()
  while (names.size < count) names.add(oddName(random))
  return [...names]
}

function oddName(random: Random): string {
  const parts = Array.from({ length: random.int(1, 4) }, () => {
    return random.pick(random.pick(Object.values(fragments)))
  })
  const between = random.pick(['', ' ', ' ', random.pick(words), ` ${random.pick(words)} `])
  const bare = parts.join(between)
  return random.chance(0.6) ? bare : random.pick([`${bare} Contoh`, `Contoh ${bare}`])
}
