// What an officer may get wrong in payments.yaml.
import type { Mistake } from './mistake.ts'

const file = 'payments.yaml'

/** Each spoils the one file. */
export const paymentMistakes: Mistake[] = [
  {
    what: 'one heading for two columns',
    file,
    from: '    - NTPN\n',
    to: '    - Nominal\n',
    at: '    - Nominal\n\n',
    says: '"Nominal" sudah berarti "amount"',
  },
  {
    what: 'a column that there is not',
    file,
    from: '  reference:\n',
    to: '  bank:\n    - Bank\n  reference:\n',
    at: '  bank:\n',
    says: '"bank" tidak dikenal di columns:',
  },
  {
    what: 'one word for two months',
    file,
    from: 'june: Juni, Jun',
    to: 'june: Juni, Mei',
    at: 'june: Juni, Mei',
    says: '"Mei" sudah berarti "may"',
  },
  {
    what: 'a reason left out',
    file,
    from: '  month-paid: Bulan yang disebut sudah lunas. Belum dibukukan; periksa apakah uangnya masuk dua kali.\n',
    to: '',
    at: '# Payment files',
    says: 'di bawah reasons: belum ada "month-paid:"',
  },
]
