const blockLength = 256 * 1024

/** Gathers a file that comes in very many very small pieces, of which each by itself would cost more than it holds. */
export class Bytes {
  readonly #full: Uint8Array<ArrayBuffer>[] = []
  #block = new Uint8Array(blockLength)
  #used = 0
  #length = 0

  add(piece: Uint8Array): void {
    this.#length += piece.length
    for (let from = 0; from < piece.length;) {
      if (this.#used === blockLength) {
        this.#full.push(this.#block)
        this.#block = new Uint8Array(blockLength)
        this.#used = 0
      }
      const part = piece.subarray(from, from + blockLength - this.#used)
      this.#block.set(part, this.#used)
      this.#used += part.length
      from += part.length
    }
  }

  /** All of it, in memory of its own; to be asked for once. What was gathered is given back as it is taken over. */
  join(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.#length)
    for (const [index, block] of this.#full.entries()) {
      whole.set(block, index * blockLength)
      block.buffer.transfer(0)
    }
    whole.set(this.#block.subarray(0, this.#used), this.#full.length * blockLength)
    return whole
  }
}
