// `npm start` and `npm run petugas` load a script as one file: the right one, and without one too.
import { execFile } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeScratch } from './support/scratch.ts'

const checkout = makeScratch('sapa-start-')
const packages = join(checkout, 'node_modules')
const builds = join(packages, '.cache/sapa-desa')
afterAll(() => rmSync(checkout, { recursive: true }))

beforeAll(() => {
  for (const each of ['src', 'package.json']) {
    cpSync(each, join(checkout, each), { recursive: true })
  }
  mkdirSync(packages)
  for (const each of readdirSync('node_modules').filter((name) => name !== '.cache')) {
    symlinkSync(join(process.cwd(), 'node_modules', each), join(packages, each))
  }
})

/** What a start says that a wrong setting ends at once, after the whole program was loaded. */
function start(...words: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, PORT: 'abc' }
  return new Promise((resolve) =>
    execFile(process.execPath, ['src/start.js', ...words], { cwd: checkout, env }, (_, __, said) =>
      resolve(said),
    ),
  )
}

test('the program is built once, anew after a change, and what was built from an old one goes', async () => {
  expect(await start()).toMatch(/^Menyiapkan program …\n[\s\S]*PORT/)
  const [first = ''] = readdirSync(builds)
  const again = await start()
  expect(again).toContain('PORT')
  expect(again).not.toContain('Menyiapkan')
  expect(readdirSync(builds)).toEqual([first])

  // A program that runs may still need what it was started from: it stays for a day.
  const twoDaysAgo = Date.now() / 1000 - 2 * 86_400
  const left = join(builds, 'main-of-two-days-ago')
  mkdirSync(left)
  utimesSync(left, twoDaysAgo, twoDaysAgo)
  appendFileSync(join(checkout, 'src/config.ts'), "\nprocess.stderr.write('changed\\n')\n")
  expect(await start()).toMatch(/^Menyiapkan program …\nchanged\n[\s\S]*PORT/)
  expect(readdirSync(builds)).toHaveLength(2)
  expect(readdirSync(builds)).toContain(first)
})

test('an officer command is built beside it, and hears its own words', async () => {
  expect(await start('officer', 'alarm')).toMatch(/^Menyiapkan program …\n[\s\S]*PORT/)
  expect(await start('officer', 'alarm')).toMatch(/^(?!Menyiapkan)[\s\S]*PORT/)
  const said = await start('officer', 'tidak-ada')
  expect(said).toContain('Cara pakai')
  expect(said).not.toContain('PORT')
})

test('where nothing can be written its files are loaded one by one', async () => {
  rmSync(join(packages, '.cache'), { recursive: true, force: true })
  writeFileSync(join(packages, '.cache'), '')
  const said = await start()
  expect(said).toContain('PORT')
  expect(said).not.toMatch(/Menyiapkan|ERROR/)
})
