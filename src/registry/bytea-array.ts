// Lists of bytes as parameters of SQL, in Postgres' own binary form.

const byteaOid = 17
const headBytes = 20
const lengthBytes = 4

/**
 * The value of a `bytea[]` parameter. As text, each byte would be written, sent and read as two
 * letters: in the hot statements that costs as much as the sealing.
 */
export function byteaArray(items: Buffer[]): Buffer {
  const size = items.reduce((sum, item) => sum + lengthBytes + item.length, headBytes)
  const array = Buffer.allocUnsafe(size)
  // One dimension, no nulls, the kind of the items, how many they are, counted from 1.
  let at = array.writeInt32BE(1, 0)
  at = array.writeInt32BE(0, at)
  at = array.writeInt32BE(byteaOid, at)
  at = array.writeInt32BE(items.length, at)
  at = array.writeInt32BE(1, at)
  for (const item of items) {
    at = array.writeInt32BE(item.length, at)
    at += item.copy(array, at)
  }
  return array
}
