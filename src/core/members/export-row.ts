// The number by which a row of an export is found again when its answer comes back.

/** A row of an export. */
export interface ExportRow {
  exportId: number
  number: number
}

/** `E12-3` for row 3 of export 12. */
export function showExportRow({ exportId, number }: ExportRow): string {
  return `E${exportId}-${number}`
}

/** The row that was meant, however it is typed; nothing where it is none. */
export function readExportRow(text: string): ExportRow | undefined {
  const [, exportId, number] = /^e\s?(\d{1,9})\s?[-–/.]\s?(\d{1,6})$/i.exec(text.trim()) ?? []
  if (!exportId || !number) return undefined
  return { exportId: Number(exportId), number: Number(number) }
}
