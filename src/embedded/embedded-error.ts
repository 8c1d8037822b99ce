// The one error of the embedded database: a sentence for whoever starts the program.

/** Why the embedded database cannot start; the message says it in Indonesian, with what to do. */
export class EmbeddedError extends Error {}
