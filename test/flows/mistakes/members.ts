// What an officer may get wrong in members.yaml and in a layout.
import type { Mistake } from './mistake.ts'

const file = 'members.yaml'
const layout = 'layouts/sipp-1.yaml'

/** Each spoils one of the two files. */
export const memberMistakes: Mistake[] = [
  {
    what: 'one word for two results',
    file,
    from: 'waiting: Proses,',
    to: 'waiting: Gagal,',
    at: 'waiting: Gagal,',
    says: '"Gagal" sudah berarti "refused"',
  },
  {
    what: 'a reason that people cannot read',
    file,
    from: '  incomplete:\n',
    to: '  unknown-reason:\n',
    at: '  unknown-reason:\n',
    says: 'kalimat "reason-unknown-reason" belum ada di notices.yaml',
  },
  {
    what: 'a blank that nobody fills',
    file,
    from: 'belum ada isinya: {columns}',
    to: 'belum ada isinya: {name}',
    at: '  fields: ',
    step: 'fields',
    says: '{name} tidak bisa diisi di sini',
  },
  {
    what: 'a verdict left out',
    file,
    from: '  waiting: masih diproses\n',
    to: '',
    at: '# Lists that go out',
    says: 'di bawah verdicts: belum ada "waiting:"',
  },
  {
    what: 'a layout without its source',
    file: layout,
    from: 'source: REPO tiga',
    to: 'source: tiga',
    at: 'source: tiga',
    says: 'isi "source:" harus menyebut asalnya',
  },
  {
    what: 'a column of something that we do not hold',
    file: layout,
    from: 'field: birth-place',
    to: 'field: religion',
    at: '  TEMPAT_LAHIR:',
    step: 'TEMPAT_LAHIR',
    says: 'field "religion" tidak dikenal',
  },
  {
    what: 'a column with nothing to stand in it',
    file: layout,
    from: '    always: KTP\n',
    to: '    needed: yes\n    field: nik\n    empty: tidak ada\n',
    at: '  JENIS_IDENTITAS:',
    step: 'JENIS_IDENTITAS',
    says: 'tulis tepat satu dari field:, always: atau empty:',
  },
  {
    what: 'days in no order',
    file: layout,
    from: 'dates: dd-mm-yyyy',
    to: 'dates: dd-mm-yy',
    at: 'dates: dd-mm-yy',
    says: 'isi "dates:" harus berisi dd, mm dan yyyy',
  },
  {
    what: 'two layouts from one day',
    file: layout,
    from: 'from: 2019-01-01',
    to: 'from: 2022-01-01',
    in: 'layouts/sipp-2.yaml',
    at: '# Layout of',
    says: 'sudah ada bentuk sipp dari 2022-01-01',
  },
]
