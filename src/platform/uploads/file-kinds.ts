/** The kinds of files that are taken, by what they hold: extension and media type. */
export const fileKinds = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  docm: 'application/vnd.ms-word.document.macroEnabled.12',
  xlsm: 'application/vnd.ms-excel.sheet.macroEnabled.12',
  pptm: 'application/vnd.ms-powerpoint.presentation.macroEnabled.12',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  png: 'image/png',
  jpg: 'image/jpeg',
  tif: 'image/tiff',
  webp: 'image/webp',
} as const

export type FileKind = keyof typeof fileKinds

/** Other endings under which files of a kind go. */
const alsoNamed: Readonly<Partial<Record<FileKind, readonly string[]>>> = { jpg: ['jpeg', 'jpe'], tif: ['tiff'] }

/** What a form's file field offers to choose from; the content decides in the end. */
export const acceptedEndings = Object.keys(fileKinds)
  .flatMap((kind) => [kind, ...(alsoNamed[kind as FileKind] ?? [])])
  .map((ending) => `.${ending}`)
  .join(',')

/** Whether a name ends as files of the kind do. */
export function endsAs(name: string, kind: FileKind): boolean {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase()
  return ending !== undefined && [kind, ...(alsoNamed[kind] ?? [])].includes(ending)
}

/** The kind that a media type stands for. */
export function kindOf(mediaType: string): FileKind | undefined {
  return (Object.keys(fileKinds) as FileKind[]).find((kind) => fileKinds[kind] === mediaType)
}

/** What a reader should know before opening a file. */
export const fileFlags = ['macros', 'pdf_javascript', 'pdf_launch', 'embedded_files', 'encrypted', 'unchecked'] as const

export type FileFlag = (typeof fileFlags)[number]

/** Why a file is not taken. */
export const fileRefusals = [
  'empty',
  'executable',
  'web_page',
  'archive',
  'zip_bomb',
  'encrypted',
  'damaged',
  'unknown_kind',
] as const

export type FileRefusal = (typeof fileRefusals)[number]

/** What a file holds, whatever its name says. */
export type Inspection =
  { readonly kind: FileKind; readonly flags: readonly FileFlag[] } | { readonly refusal: FileRefusal }
