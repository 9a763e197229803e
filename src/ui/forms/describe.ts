/** What every field of a form is given. `value` is what was typed, kept where it was wrong. */
export interface FieldProps {
  name: string
  label: string
  value?: string | undefined
  hint?: string | undefined
  error?: string | undefined
  required?: boolean | undefined
  /** Language of what is typed, as a BCP 47 tag. */
  lang?: string | undefined
}

/** The id of a field's control: its name without characters that selectors trip over. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^A-Za-z0-9_-]+/g, '-')}`
}

/** The attributes of a control that tie it to its hint and its error. */
export function described(id: string, { hint, error, required }: Pick<FieldProps, 'hint' | 'error' | 'required'>) {
  const by = [hint === undefined ? [] : [`${id}-hint`], error === undefined ? [] : [`${id}-error`]].flat()
  return {
    'aria-describedby': by.length === 0 ? undefined : by.join(' '),
    'aria-invalid': error === undefined ? undefined : ('true' as const),
    required: required === true ? true : undefined,
  }
}
