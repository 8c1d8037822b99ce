// What may be attached to a campaign: told by its first bytes, never by its name. Pure.

/** Most bytes: whoever reads pays for every one. */
export const attachmentLimits = { picture: 1_048_576, file: 2_097_152 } as const

/** A kind of file that every channel takes. */
export interface AttachmentKind {
  mime: string
  ending: string
  /** Shown in the chat at once. */
  isPicture: boolean
  maxBytes: number
}

const kinds: (AttachmentKind & { magic: number[] })[] = [
  {
    ...{ mime: 'image/jpeg', ending: '.jpg', isPicture: true, maxBytes: attachmentLimits.picture },
    magic: [0xff, 0xd8, 0xff],
  },
  {
    ...{ mime: 'image/png', ending: '.png', isPicture: true, maxBytes: attachmentLimits.picture },
    magic: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  },
  {
    ...{
      mime: 'application/pdf',
      ending: '.pdf',
      isPicture: false,
      maxBytes: attachmentLimits.file,
    },
    magic: [0x25, 0x50, 0x44, 0x46, 0x2d],
  },
]

/** The kind of these bytes; undefined for all others, whatever the file was called. */
export function findAttachmentKind(bytes: Uint8Array): AttachmentKind | undefined {
  return kinds.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte))
}

/** The name under which people see the file: harmless letters and the ending of its kind. */
export function nameAttachment(name: string, { ending }: AttachmentKind): string {
  const stem = name
    .replace(/\.[^.]*$/, '')
    .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
  return `${stem || 'lampiran'}${ending}`
}
