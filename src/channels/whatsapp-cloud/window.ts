// The 24 hours in which words go freely, and the approved template that goes outside of them. Pure.
import type { Outbound } from '../../core/message.ts'
import type { Template, TemplateParameter } from '../../core/template.ts'
import { numbered } from '../numbered.ts'
import type { Content } from './encode.ts'

/** "24 hours from the last message of the user"; a minute less, for what is under way. */
const windowMs = (24 * 60 - 1) * 60_000

/** Longest words of a template with its blanks filled, in UTF-16 units. */
const maxFilled = 1_024

/** Whether words may go freely to somebody who last wrote then. */
export function isOpen(heardAt: Date | undefined, now: Date): boolean {
  return heardAt !== undefined && now.getTime() - heardAt.getTime() < windowMs
}

/**
 * The message as a template, choices as numbers in its words; undefined when the words are too long
 * for any template.
 */
export function encodeTemplate(
  message: Outbound,
  template: Template,
  given: { language: string; operator: string },
): Content | undefined {
  const filled = fillTemplate(message, template, given.operator)
  if (!filled) return undefined
  const parameters = filled.map((text) => ({ type: 'text', text }))
  const code = template.languages[given.language] ?? template.languages.id
  return {
    type: 'template',
    template: {
      name: template.name,
      language: { code },
      components: [{ type: 'body', parameters }],
    },
  }
}

/** What fills a template's blanks, in order; undefined when that is too long for any template. */
export function fillTemplate(
  message: Outbound,
  template: Pick<Template, 'parameters'>,
  operator: string,
): string[] | undefined {
  const fills: Record<TemplateParameter, string> = {
    text: inOneLine(numbered(message)),
    operator: inOneLine(operator),
  }
  const filled = template.parameters.map((name) => fills[name])
  return filled.reduce((sum, text) => sum + text.length, 0) > maxFilled ? undefined : filled
}

/** The platform takes no line breaks, tabs or many spaces in what fills a blank. */
function inOneLine(text: string): string {
  return text
    .split(/\s*\n\s*/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .reduce((before, line) => {
      if (before === '') return line
      return /[.!?:;,]$/.test(before) ? `${before} ${line}` : `${before} – ${line}`
    }, '')
}
