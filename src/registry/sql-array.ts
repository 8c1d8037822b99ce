// Lists as parameters of SQL, in Postgres' own binary form.

const oids = { bytea: 17, bigint: 20, text: 25 }
const headBytes = 20
const lengthBytes = 4
const bigintBytes = 8

/**
 * The value of a `bytea[]` parameter. As text, each byte would be written, sent and read as two
 * letters: in the hot statements that costs as much as the sealing.
 */
export function byteaArray(items: Buffer[]): Buffer {
  const bytes = items.reduce((sum, item) => sum + item.length, 0)
  return fill(oids.bytea, items, bytes, (array, item, at) => item.copy(array, at))
}

/** The value of a `text[]` parameter: nothing in it has to be escaped. */
export function textArray(items: string[]): Buffer {
  const bytes = items.reduce((sum, item) => sum + Buffer.byteLength(item), 0)
  return fill(oids.text, items, bytes, (array, item, at) => array.write(item, at))
}

/** The value of a `bigint[]` parameter; the numbers are whole and below 2^53. */
export function bigintArray(items: number[]): Buffer {
  return fill(oids.bigint, items, bigintBytes * items.length, (array, item, at) => {
    return array.writeBigInt64BE(BigInt(item), at) - at
  })
}

/** An array of items that take `bytes` together; `put` writes one and tells how long it is. */
function fill<Item>(
  oid: number,
  items: Item[],
  bytes: number,
  put: (array: Buffer, item: Item, at: number) => number,
): Buffer {
  const array = Buffer.allocUnsafe(headBytes + lengthBytes * items.length + bytes)
  // One dimension, no nulls, the kind of the items, how many they are, counted from 1.
  let at = array.writeInt32BE(1, 0)
  at = array.writeInt32BE(0, at)
  at = array.writeInt32BE(oid, at)
  at = array.writeInt32BE(items.length, at)
  at = array.writeInt32BE(1, at)
  for (const item of items) {
    const length = put(array, item, at + lengthBytes)
    at = array.writeInt32BE(length, at) + length
  }
  return array
}
