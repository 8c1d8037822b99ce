// What may go wrong in the talks about lists of people.
import type { Mistake } from './mistake.ts'

const confirm = 'official/roster-confirm.yaml'

/** Each spoils the one file. */
export const listMistakes: Mistake[] = [
  {
    what: 'people registered without the statement that they agreed',
    file: confirm,
    from: '      tidak: leave-roster\n  - ask: roster-statement\n',
    to: '      tidak: leave-roster\n      ya: register-roster\n  - ask: roster-statement\n',
    at: '  - do: register-roster\n',
    step: 'register-roster',
    says: 'memakai jawaban "roster-statement" yang belum tentu',
  },
  {
    what: 'a list of people shown to villagers',
    file: 'villager/stop.yaml',
    from: '    text: |\n',
    to: '    text: |\n      {roster_preview}\n',
    at: '- end: stopped\n',
    step: 'stopped',
    says: '"roster_preview" hanya untuk official, padahal flow ini untuk villager',
  },
  {
    what: 'columns to choose from that nobody has read',
    file: confirm,
    from: '    choices-from: roster-columns\n',
    to: '    choices-from: roster-column\n',
    at: '- ask: roster-column\n',
    step: 'roster-column',
    says: 'daftar "roster-column" tidak dikenal',
  },
]
