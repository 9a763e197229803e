import type { Readable } from 'node:stream'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { SheetError } from './model.ts'

/** What is told of a part while it is read. Names are without their prefix. */
export interface XmlHandler {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/**
 * Reads an XML part a chunk at a time; yields after each, so that what a handler gathered can be taken away before the
 * next. Entities of a document's own are not known to the parser: none is expanded.
 * @throws SheetError `sheet_damaged` for what is not well formed
 */
export async function* readXml(source: Readable, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false })
  let failure: Error | undefined
  parser.on('error', (error) => {
    failure ??= error
  })
  parser.on('opentag', (tag: SaxesTagPlain) => handler.open?.(localName(tag.name), tag.attributes))
  parser.on('closetag', (tag: SaxesTagPlain) => handler.close?.(localName(tag.name)))
  if (handler.text !== undefined) parser.on('text', handler.text)
  const decoder = new TextDecoder()
  try {
    for await (const chunk of source) {
      parser.write(decoder.decode(chunk as Buffer, { stream: true }))
      if (failure !== undefined) break
      yield
    }
    if (failure === undefined) parser.close()
  } catch (error) {
    if (error instanceof SheetError) throw error
    throw new SheetError('sheet_damaged', {}, error)
  }
  if (failure !== undefined) throw new SheetError('sheet_damaged', {}, failure)
  yield
}

/** Reads a small part to its end. */
export async function readWholeXml(source: Readable, handler: XmlHandler): Promise<void> {
  for await (const _ of readXml(source, handler));
}
