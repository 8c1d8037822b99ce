// What comes in from a channel and what goes out to one: the only two shapes channels know.

/** What a person sent, as far as the program can tell kinds apart. */
export type InboundKind =
  | 'text'
  /** A button that the bot offered: `words` is the button's `press`. */
  | 'press'
  /** The platform's way to begin a talk; `words` is the deep link's payload, often empty. */
  | 'start'
  /** The sender's own number, vouched for by the platform: `words` is the number. */
  | 'phone'
  | 'photo'
  | 'video'
  | 'voice'
  | 'sticker'
  | 'location'
  | 'contact'
  | 'document'
  /** An earlier message changed after it was sent. */
  | 'edited'
  /** Somebody rang: nobody can answer. */
  | 'call'
  /** The answer given on a one-time page: `words` is the page's name, a blank, the answer. */
  | 'page'
  /** Nobody said it: a job has made something ready; `words` is the flow that shows it. */
  | 'open'
  /** What an officer says to this person: `words` as they are. */
  | 'officer'
  /** The officer gives the talk back: `words` is what it was about, a blank, and any last words. */
  | 'officer-left'
  | 'other'

/** One message from a person. JSON; kept as a row before it is acknowledged. */
export interface Inbound {
  /** The channel's name, e.g. `telegram`. */
  channel: string
  /** The channel's own opaque id of the person or chat; never assumed to be a phone number. */
  address: string
  /**
   * The channel's id of this message: a repeat of
   * (channel, address, externalId) changes nothing.
   */
  externalId: string
  kind: InboundKind
  /**
   * Text, button payload or phone number; of a document where the channel finds it, a blank and
   * its name. Empty for other kinds, and for documents that the channel cannot fetch.
   */
  words: string
  /** When the person sent it, ISO 8601 in UTC. */
  at: string
}

/** One thing that can be chosen in reply to a message. */
export interface Choice {
  /** What the person sees; may also be typed, as may its number in the list, from 1. */
  label: string
  /** What comes back as `words` of a `press`; at most 64 bytes of UTF-8. */
  press: string
}

/** Why a message is sent: what is said in answer goes before what the bot says first. */
export type MessageClass = 'reply' | 'notice' | 'reminder' | 'campaign'

/** What a document is made from. */
export type DocumentSource =
  | 'area-picture'
  | 'campaign-file'
  | 'certificate'
  | 'roster-answers'
  | 'roster-template'
  | 'village-dues'

/** A document that is made anew from its rows whenever it is sent: its bytes are kept nowhere. */
export interface Document {
  source: DocumentSource
  /** Which one of its source; says nothing by itself. */
  id: string
  /** The file's name as people see it, with its ending. */
  name: string
  mime: string
  /** Shown in the chat at once, where it is a picture. */
  isPicture?: boolean
  /** Everybody is sent the same bytes: what was uploaded once need not be again. */
  isForAll?: boolean
}

/** One message to a person. JSON. */
export interface Outbound {
  /** Plain text, never markup; at most 4,096 UTF-16 units. */
  text: string
  choices?: Choice[]
  /** Ask the platform for the sender's own number with a button, where it has one. */
  wantsPhone?: boolean
  /** Name of a picture or file that goes with it, in `flows/files/`. */
  picture?: string
  file?: string
  /** A document that goes with it, instead of a picture or file. */
  document?: Document
  /** The approved template that carries it, in place of that of its class. */
  template?: string
  /** It tells how far long work is, and is changed as the work goes on. */
  isChanged?: boolean
  /** The one-time page whose link the text wants in place of `{link}`. */
  page?: string
  /** The person's own message, by external id, that is deleted from the chat where that can be. */
  deletes?: string
}

/** What a channel may want to know of a message besides its words. */
export interface Sending {
  /** The same at every try: where the platform takes ids, a second try is no second message. */
  key: string
  class: MessageClass
  /** When the person last wrote; undefined when never. */
  heardAt?: Date
  /** The person's language, e.g. `id`. */
  language?: string
  /** Why it is tried again: what the platform or the network had against it the last time. */
  failedAs?: string
}
