declare namespace App {
  interface Locals {
    /** What came with a form that sends a file. Its fields are in the request as those of any other form. */
    upload?: import('./receive.ts').ReceivedUpload
    /** Set by a page whose answer is a file instead of a document. */
    download?: import('./download.ts').Download
  }
}
