// How large a file may be, each limit with its reason.

/** Bytes of a file: Telegram lets a bot fetch twice this, and a village needs a hundredth. */
export const maxFileBytes = 10 * 1024 * 1024

/** Files inside a workbook: Excel writes some thirty, also with pictures in it. */
export const maxEntries = 200

/** Bytes of a workbook when everything in it is inflated: 25,000 rows of 64 columns fit. */
export const maxInflatedBytes = 50 * 1024 * 1024

/** How many times smaller deflating may have made a file: sheets reach 30, bombs 1,000. */
export const maxRatio = 100

/** Below this size a ratio says nothing: a page of blanks deflates well too. */
export const ratioFromBytes = 64 * 1024

/** Bytes of the small parts of a workbook: names of sheets, relations, styles. */
export const maxPartBytes = 4 * 1024 * 1024

/** Characters of one row with its marks: 64 columns with 32,767 characters each. */
export const maxRowLength = 64 * 32_767 + 500_000

/** Columns that hold something: the official books of a village have up to 40. */
export const maxColumns = 64

/** Rows that hold something: a regency has fewer officials. */
export const maxRows = 25_000

/** Rows of a file that a branch imports: a month of a regency's payments. Memory grows with them. */
export const maxTableRows = 100_000

/** Characters of one cell, as in Excel. */
export const maxCellLength = 32_767

/** Rows handed over at once: few enough that other talks go on between two batches. */
export const rowsPerBatch = 500
