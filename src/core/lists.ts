// The named lists that an ask may offer with `choices-from:`, in place of choices written down.
import type { List } from './context.ts'
import { sayPhrase } from './phrase.ts'
import { readPeople } from './posts.ts'

/** Every list that a flow may name, by its name. */
export const lists: Record<string, List> = {
  // Each language calls itself by its own name: whoever looks for it may read no other.
  languages: {
    options: ({ book }) =>
      book.languages.map((code) => ({ key: code, label: sayPhrase(book, code, 'language-name') })),
  },
  operators: {
    needs: ['village-people'],
    options: ({ facts }) =>
      readPeople(facts['village-people'])
        .filter(({ role }) => role === 'village-operator')
        .map(({ key, name }) => ({ key, label: name })),
  },
}
