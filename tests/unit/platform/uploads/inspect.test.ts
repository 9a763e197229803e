import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectFile } from '#platform/uploads/inspect.ts'
import {
  objectStream,
  sampleOle,
  sampleOpenDocument,
  sampleOpenXml,
  samplePdf,
  samplePng,
  sampleZip,
} from '#tests/support/sample-files.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yunqiao-inspect-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The name says nothing: every file is looked at under the same one. */
async function inspect(content: Buffer | string) {
  const path = join(folder, 'contract.pdf')
  await writeFile(path, content)
  return inspectFile(path)
}
const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('what is taken', () => {
  test.each([
    ['pdf', samplePdf()],
    ['docx', sampleOpenXml('docx')],
    ['xlsx', sampleOpenXml('xlsx')],
    ['pptx', sampleOpenXml('pptx')],
    ['odt', sampleOpenDocument('text')],
    ['ods', sampleOpenDocument('spreadsheet')],
    ['odp', sampleOpenDocument('presentation')],
    ['doc', sampleOle(['WordDocument', '1Table'])],
    ['xls', sampleOle(['Workbook'])],
    ['xls', sampleOle(['Book'])],
    ['ppt', sampleOle(['a', 'b', 'c', 'd', 'e', 'PowerPoint Document'])],
    ['png', samplePng],
    ['jpg', bytes('\xff\xd8\xff\xe0\0\x10JFIF\0')],
    ['tif', bytes('II*\0\x08\0\0\0')],
    ['tif', bytes('MM\0*\0\0\0\x08')],
    ['webp', bytes('RIFF\x24\0\0\0WEBPVP8 ')],
  ])('%s', async (kind, content) => {
    expect(await inspect(content)).toEqual({ kind, flags: [] })
  })
})

describe('what is flagged', () => {
  test.each([
    ['macros in a document', sampleOpenXml('docx', [{ name: 'word/vbaProject.bin', body: 'x' }]), ['macros']],
    ['a document that says it has macros', sampleOpenXml('docm'), ['macros']],
    [
      'macros of another kind in a spreadsheet',
      sampleOpenXml('xlsx', [{ name: 'xl/macrosheets/sheet1.xml' }]),
      ['macros'],
    ],
    ['macros in an OpenDocument', sampleOpenDocument('text', [{ name: 'Basic/Standard/Module1.xml' }]), ['macros']],
    ['scripts in an OpenDocument', sampleOpenDocument('text', [{ name: 'Scripts/python/run.py' }]), ['macros']],
    ['macros in an old document', sampleOle(['WordDocument', 'Macros', 'VBA']), ['macros']],
    ['macros in an old spreadsheet', sampleOle(['Workbook', '_VBA_PROJECT_CUR']), ['macros']],
    ['a packed object', sampleOpenXml('docx', [{ name: 'word/embeddings/oleObject1.bin' }]), ['embedded_files']],
    [
      'an encrypted OpenDocument',
      sampleOpenDocument('text', [{ name: 'META-INF/manifest.xml', body: '<encryption-data/>' }]),
      ['encrypted'],
    ],
    ['JavaScript', samplePdf(['<< /S /JavaScript /JS (app.alert\\(1\\)) >>']), ['pdf_javascript']],
    ['JavaScript of a rendition', samplePdf(['<< /S /Rendition /JS 7 0 R >>']), ['pdf_javascript']],
    ['JavaScript with its name escaped', samplePdf(['<< /S /J#61va#53cript >>']), ['pdf_javascript']],
    ['a program that is started', samplePdf(['<< /S /Launch /F (cmd.exe) >>']), ['pdf_launch']],
    ['a file in the file', samplePdf(['<< /Type /EmbeddedFile >>']), ['embedded_files']],
    ['an encrypted PDF', samplePdf(['<< /Encrypt 9 0 R >>', objectStream('unreadable', '/Crypt')]), ['encrypted']],
    ['JavaScript in a packed stream', samplePdf([objectStream('<< /S /JavaScript >>')]), ['pdf_javascript']],
    [
      'JavaScript in a stream whose type is escaped',
      samplePdf([
        Buffer.from(objectStream('<< /S /JavaScript >>').toString('latin1').replace('ObjStm', 'Obj#53tm'), 'latin1'),
      ]),
      ['pdf_javascript'],
    ],
    ['a packed stream that cannot be unpacked', samplePdf([objectStream('xyz', '/LZWDecode')]), ['unchecked']],
    [
      'a packed stream that unpacks to very much',
      samplePdf([objectStream(' '.repeat(70 * 1024 * 1024))]),
      ['unchecked'],
    ],
  ])('%s', async (_, content, flags) => {
    expect(await inspect(content)).toMatchObject({ flags })
  })

  test('JavaScript at any place, also where one window of reading ends', async () => {
    for (const padding of [65_520, 65_530, 65_536, 61_440, 122_870, 200_000]) {
      const content = samplePdf([`(${'x'.repeat(padding)})`, '<< /S /JavaScript /JS (1) >>'])
      expect(await inspect(content), String(padding)).toMatchObject({ flags: ['pdf_javascript'] })
    }
  })

  test('no picture is taken for a script by chance', async () => {
    const noise = bytes(
      randomBytes(2 * 1024 * 1024)
        .toString('latin1')
        .replaceAll(/\/J/g, 'xx'),
    )
    const picture = Buffer.concat([bytes('<< /Length 1 >>\nstream\n'), noise, bytes(' /JSq /JavaScripts \nendstream')])
    expect(await inspect(samplePdf([picture]))).toEqual({ kind: 'pdf', flags: [] })
  })
})

describe('what is refused', () => {
  test.each([
    ['nothing at all', '', 'empty'],
    ['a Windows program', bytes('MZ\x90\0\x03'), 'executable'],
    ['a Linux program', bytes('\x7fELF\x02\x01'), 'executable'],
    ['a macOS program', bytes('\xcf\xfa\xed\xfe'), 'executable'],
    ['a Java class', bytes('\xca\xfe\xba\xbe\0\0\x004'), 'executable'],
    ['a shell script', '#!/bin/sh\nrm -rf /', 'executable'],
    ['a shortcut of Windows', bytes('L\0\0\0\x01\x14\x02\0\0\0'), 'executable'],
    ['a page', '<!DOCTYPE html><script>alert(1)</script>', 'web_page'],
    ['a page after white space', '\ufeff \n <HTML>', 'web_page'],
    ['a page in UTF-16', Buffer.from('\ufeff<html>', 'utf16le'), 'web_page'],
    ['a drawing with scripts', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'web_page'],
    ['a server script', '<?php system($_GET[0]); ?>', 'web_page'],
    ['a page that a PDF follows', '<html>%PDF-1.7', 'web_page'],
    ['a program that a PDF follows', 'MZ%PDF-1.7', 'executable'],
    ['a ZIP archive', sampleZip([{ name: 'a.txt', body: 'a' }]), 'archive'],
    ['an empty ZIP archive', sampleZip([]), 'archive'],
    ['a Java archive', sampleZip([{ name: 'META-INF/MANIFEST.MF', body: 'Main-Class: A' }]), 'archive'],
    ['a RAR archive', 'Rar!\x1a\x07', 'archive'],
    ['a 7z archive', bytes('7z\xbc\xaf\x27\x1c'), 'archive'],
    ['a gzip archive', bytes('\x1f\x8b\x08\0'), 'archive'],
    ['a tar archive', Buffer.concat([Buffer.alloc(257), bytes('ustar')]), 'archive'],
    ['an installer in the old Office container', sampleOle(['Property', 'Binary']), 'unknown_kind'],
    [
      'a drawing of an Office kind we do not take',
      sampleZip([{ name: '[Content_Types].xml', body: 'visio' }]),
      'unknown_kind',
    ],
    ['an Office file behind a password', sampleOle(['EncryptionInfo', 'EncryptedPackage']), 'encrypted'],
    ['an encrypted part', sampleOpenXml('docx', [{ name: 'x', body: 'x', claims: { flags: 1 } }]), 'encrypted'],
    ['words', 'Dear Sir or Madam', 'unknown_kind'],
    ['a cut Office file', sampleOpenXml('docx').subarray(0, 200), 'damaged'],
    ['a cut old Office file', sampleOle(['WordDocument']).subarray(0, 900), 'damaged'],
    ['a cut picture', samplePng.subarray(0, 9), 'damaged'],
    ['a sound in a picture’s container', 'RIFF\x24\0\0\0WAVEfmt ', 'damaged'],
    ['a part that climbs out of its folder', sampleOpenXml('docx', [{ name: '../../etc/passwd' }]), 'damaged'],
  ])('%s', async (_, content, refusal) => {
    expect(await inspect(content)).toEqual({ refusal })
  })

  test.each([
    ['much of nothing', [{ name: 'x', body: Buffer.alloc(80 * 1024 * 1024) }]],
    ['a claim of gigabytes', [{ name: 'x', body: 'x', claims: { size: 2_000_000_000 } }]],
    ['too many parts', Array.from({ length: 10_001 }, (_, index) => ({ name: String(index) }))],
    [
      'parts that lie over each other',
      Array.from({ length: 50 }, (_, index) => ({ name: String(index), claims: { packed: 500, at: 0 } })),
    ],
    ['a description that is one', [{ name: 'mimetype', body: Buffer.alloc(3 * 1024 * 1024) }]],
  ])('a bomb: %s', async (_, parts) => {
    expect(await inspect(sampleOpenXml('docx', parts))).toEqual({ refusal: 'zip_bomb' })
  })

  test('a directory without an end', async () => {
    const content = sampleOle(['WordDocument'])
    content.writeUInt32LE(1, 512 + 4)
    expect(await inspect(content)).toEqual({ refusal: 'damaged' })
  })
})
