// How much of the faults is tried: a taste in every test run, all of it with `npm run faults`.

/** Rounds of the long form; 0 in an ordinary test run. */
export const rounds = Number(process.env.FAULT_ROUNDS ?? 0)

/** Where chance begins; printed, so that a failure can be had again. */
export const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 1e9))

/** How long one tour may take, in ms: one of the long form has four times as many kills. */
export const tourMs = rounds > 0 ? 1_200_000 : 300_000
