// templates.yaml as officers fill it, and as it is while nothing was approved.
import { expect, test } from 'vitest'
import { flowFile, problemsOf, readChanged } from '../support/flow-copy.ts'
import { filled } from './mistakes/templates.ts'

const whole = () => flowFile(filled.file).replace(filled.from, filled.right)

test('as it comes, no template is there', () => {
  expect(readChanged({}).templates).toEqual({})
})

test('a template is read with its languages and its parameters in order', () => {
  expect(readChanged({ [filled.file]: whole() }).templates).toEqual({
    notice: {
      name: 'kabar_baru',
      languages: { id: 'id', en: 'en_US' },
      parameters: ['operator', 'text'],
    },
  })
})

test('without the file nothing begins', () => {
  expect(problemsOf({ [filled.file]: undefined })).toEqual(['flows/templates.yaml belum ada.'])
})

test('a language has no templates of its own', () => {
  const problems = problemsOf({ [`languages/en/${filled.file}`]: whole() })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain('flows/languages/en/templates.yaml')
})
