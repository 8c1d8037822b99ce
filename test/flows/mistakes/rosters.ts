// What an officer may get wrong in rosters.yaml.
import type { Mistake } from './mistake.ts'

const file = 'rosters.yaml'

/** Each spoils the one file. */
export const rosterMistakes: Mistake[] = [
  {
    what: 'one heading for two columns',
    file,
    from: '    - Kontak\n',
    to: '    - No. KTP\n',
    at: '    - No. KTP\n',
    says: '"No. KTP" sudah berarti "nik"',
  },
  {
    what: 'a column that there is not',
    file,
    from: '  mother-name:\n',
    to: '  ibu:\n    - Mama\n  mother-name:\n',
    at: '  ibu:\n',
    says: '"ibu" tidak dikenal di columns:',
  },
  {
    what: 'a column left out',
    file,
    from: '  rw:\n    - RW\n    - Alamat RW\n    - Rukun Warga\n',
    to: '',
    at: '# Lists',
    says: 'di bawah columns: belum ada "rw:"',
  },
  {
    what: 'one post for two groups',
    file,
    from: '    - Ketua PKK …\n',
    to: '    - Kadus …\n',
    at: '    - Kadus …\n    - Sekretaris PKK',
    says: '"Kadus …" sudah berarti "perangkat-desa"',
  },
  {
    what: 'a group that there is not',
    file,
    from: '  rt-rw:\n',
    to: '  rt-dan-rw:\n    - Pak RT\n  rt-rw:\n',
    at: '  rt-dan-rw:\n',
    says: '"rt-dan-rw" tidak dikenal di posts:',
  },
  {
    what: 'a word for a man and a woman',
    file,
    from: '    - Wanita\n',
    to: '    - Pria\n',
    at: '    - Pria\n    - Prp',
    says: '"Pria" sudah berarti "L"',
  },
  {
    what: 'a heading of signs alone',
    file,
    from: '    - Kontak\n',
    to: '    - "***"\n',
    at: '    - "***"\n',
    says: '"***" tidak berisi huruf atau angka',
  },
  {
    what: 'a group without a word',
    file,
    from: '    - Pekerja Rentan\n    - Rentan\n',
    to: '',
    at: '  rentan:\n',
    says: '"rentan:" belum berisi satu kata pun',
  },
  {
    what: 'a misspelt head',
    file,
    from: '# sexes: what',
    to: 'kolom: x\n# sexes: what',
    at: 'kolom: x\n',
    says: '"kolom" tidak dikenal; pilih columns, posts, sexes, rows, rosters',
  },
  {
    what: 'a sentence about rows left out',
    file,
    from: '  roster-vacant: Tidak ada nama orang di baris ini.\n',
    to: '',
    at: '# Lists',
    says: 'kalimat "roster-vacant" belum ada',
  },
  {
    what: 'a blank that is not filled',
    file,
    from: 'roster-vacant: Tidak ada nama orang',
    to: 'roster-vacant: Tidak ada nama {post}',
    at: '  roster-vacant:',
    says: '{post} tidak bisa diisi di sini',
    step: 'roster-vacant',
  },
]
