// The real book, its edited copies and some villages, read once for a whole run.

import { realBook } from '../real-book.ts'
import { type Read, readable } from './conversation.ts'
import { readEditedBooks } from './edited-books.ts'

/** Every so-many-th village of the official list is somebody's home. */
const everyVillage = 700

/** What simulated villagers talk with, and where they live. */
export interface Ground {
  /** The real book first. */
  books: [Read, ...Read[]]
  villages: Read['book']['places']['villages']
}

/** Reads flows/ and the official list of villages; the operator's name is invented. */
export function readGround(): Ground {
  const book = realBook('Tim Uji')
  const edited = [...readEditedBooks(book)].map(([name, one]) => readable(name, one))
  return {
    books: [readable('flows', book), ...edited],
    villages: book.places.villages.filter((_, index) => index % everyVillage === 0),
  }
}
