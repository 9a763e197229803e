declare namespace App {
  interface Locals {
    /** A form that came in after its session had ended: shown again as soon as the person has signed in. */
    heldForm?: {
      readonly form: FormData
      /** The sign-in that came with it and failed. */
      readonly failure?: import('#platform/errors.ts').DomainError
    }
  }
}
