// Approved templates: what a platform lets go out when the person has not written for a day.
import type { MessageClass } from './message.ts'

/** What may fill a template's blanks: the words of the message, and who runs the bot. */
export const templateParameters = ['text', 'operator'] as const

/** What fills one blank of a template. */
export type TemplateParameter = (typeof templateParameters)[number]

/** One template as the platform approved it. */
export interface Template {
  name: string
  /** The platform's code of each language, by the language's own code; `id` is among them. */
  languages: Record<string, string>
  /** What fills the blanks, in order; `text` is among them. */
  parameters: TemplateParameter[]
}

/** The template of each class of messages; a class without one waits for the person to write. */
export type Templates = Partial<Record<MessageClass, Template>>
