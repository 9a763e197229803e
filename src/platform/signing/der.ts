import forge from 'node-forge'

/** DER in the terms of ITU-T X.690, over the writer of `node-forge`. */

export type Node = forge.asn1.Asn1

const { asn1 } = forge
const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class

const primitive = (type: forge.asn1.Type, value: string): Node => asn1.create(UNIVERSAL, type, false, value)

export const sequence = (...values: readonly Node[]): Node =>
  asn1.create(UNIVERSAL, asn1.Type.SEQUENCE, true, [...values])
export const octets = (bytes: Uint8Array): Node => primitive(asn1.Type.OCTETSTRING, binary(bytes))
export const identifier = (oid: string): Node => primitive(asn1.Type.OID, asn1.oidToDer(oid).getBytes())
export const small = (value: number): Node => primitive(asn1.Type.INTEGER, String.fromCharCode(value))
export const nothing = (): Node => primitive(asn1.Type.NULL, '')

/** SET OF, its members in the order that DER gives them (X.690, 11.6). */
export function setOf(...values: readonly Node[]): Node {
  return asn1.create(UNIVERSAL, asn1.Type.SET, true, inOrder(values))
}

/** `[0]`, in place of the tag of a SET OF, or around one value. */
export function taggedZero(...values: readonly Node[]): Node {
  return asn1.create(CONTEXT_SPECIFIC, asn1.Type.NONE, true, inOrder(values))
}

export function encode(node: Node): Buffer {
  return Buffer.from(asn1.toDer(node).getBytes(), 'latin1')
}

export function decode(bytes: Uint8Array): Node {
  return asn1.fromDer(binary(bytes))
}

/** The parts of a constructed value. */
export function partsOf(node: Node | undefined): readonly Node[] {
  return node !== undefined && Array.isArray(node.value) ? node.value : []
}

function inOrder(values: readonly Node[]): Node[] {
  return values
    .map((node) => ({ node, bytes: encode(node) }))
    .toSorted((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ node }) => node)
}

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
