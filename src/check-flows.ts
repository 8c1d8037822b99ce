// `npm run flows`: reads every word and figure of flows/ and says what is wrong with them.
import { join } from 'node:path'
import { readFlows } from './flows/index.ts'
import { findLooseEnds } from './flows/loose-ends.ts'
import { readRates } from './rates-file.ts'

const flowsDir = join(import.meta.dirname, '../flows')

try {
  const book = readFlows(flowsDir)
  const { figures } = readRates(join(flowsDir, 'rates'))
  const loose = findLooseEnds(book)
  if (loose.length > 0) throw new Error(loose.map((sentence) => `- ${sentence}`).join('\n'))
  const counts = [
    `${book.flows.size} flow`,
    `${book.questions.length} pertanyaan`,
    `${Object.keys(figures).length} daftar angka`,
    `${book.languages.length} bahasa (${book.languages.join(', ')})`,
  ]
  process.stdout.write(`flows/ beres: ${counts.join(', ')}.\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'flows/ tidak terbaca.'}\n`)
  process.exitCode = 1
}
