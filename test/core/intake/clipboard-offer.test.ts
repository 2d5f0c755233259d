import { describe, expect, it } from 'vitest'
import { dataImage, isNetworkPlace, offerOnCommand, offerToWatcher } from '#core/intake/clipboard-offer.ts'
import type { ClipboardContent } from '#core/ports/intake.ts'

const bytes = Uint8Array.from([1, 2, 3])
const dataAddress = 'data:image/png;base64,AQID'
const webAddress = 'https://example.org/a.png'

const content = (parts: Partial<ClipboardContent>): ClipboardContent => ({
  picture: null,
  hasText: parts.text !== undefined,
  isConcealed: false,
  files: [],
  imageAddress: null,
  text: null,
  ...parts
})
const asked = (parts: Partial<ClipboardContent>, mayFetch = false) => offerOnCommand(content(parts), { mayFetch })
const watched = (parts: Partial<ClipboardContent>) => offerToWatcher(content(parts))
const picture = { kind: 'picture', bytes }

describe('on command', () => {
  it('takes the first in order: picture, files, data: image, SVG, path or address, address of a copied picture', () => {
    const all = { picture: bytes, files: ['/a.png'], imageAddress: dataAddress, text: '/b.png', hasText: false }
    expect(asked(all)).toEqual(picture)
    expect(asked({ ...all, picture: null })).toEqual({ kind: 'files', places: ['/a.png'] })
    expect(asked({ ...all, picture: null, files: [] })).toEqual(picture)
    expect(asked({ imageAddress: webAddress, text: '/b.png' }, true)).toEqual({ kind: 'files', places: ['/b.png'] })
    expect(asked({ imageAddress: webAddress, text: 'a cat' }, true)).toEqual({ kind: 'address', url: webAddress })
  })

  it('takes the picture also with text beside it, but copied files before a file manager’s icon', () => {
    expect(asked({ picture: bytes, text: '1\t2' })).toEqual(picture)
    expect(asked({ picture: bytes, files: ['/a.png'], text: 'a.png' })).toEqual({ kind: 'files', places: ['/a.png'] })
    expect(asked({ picture: bytes, files: ['/a.docx'], text: 'a.docx' })).toEqual(picture)
  })

  it('takes all copied pictures, and documents with pages', () => {
    const files = ['/a.png', '/notes.txt', '/b.JPG', '/c.pdf', '/d.svg']
    expect(asked({ files })).toEqual({ kind: 'files', places: ['/a.png', '/b.JPG', '/c.pdf', '/d.svg'] })
  })

  it.each([
    ['/home/me/A cat.png\n', { kind: 'files', places: ['/home/me/A cat.png'] }],
    ['"C:\\Users\\me\\cat.jpg"', { kind: 'files', places: ['C:\\Users\\me\\cat.jpg'] }],
    ['~/cat.webp', { kind: 'files', places: ['~/cat.webp'] }],
    ['file:///home/me/A%20cat.png', { kind: 'files', places: ['file:///home/me/A%20cat.png'] }],
    ['\\\\?\\C:\\cat.png', { kind: 'files', places: ['\\\\?\\C:\\cat.png'] }],
    [' https://example.org/cat?size=1 ', { kind: 'address', url: 'https://example.org/cat?size=1' }],
    [dataAddress, picture]
  ])('takes text that is exactly one place of a picture: %j', (text, offer) => {
    expect(asked({ text })).toEqual(offer)
  })

  it.each(['<svg xmlns="http://www.w3.org/2000/svg"/>', '<?xml version="1.0"?>\n<!-- a -->\n<svg\n width="1"></svg>'])(
    'takes SVG source: %j',
    (text) => expect(asked({ text })).toEqual({ kind: 'picture', bytes: new TextEncoder().encode(text) })
  )

  it.each([
    'See /home/me/cat.png for more',
    '/a.png\n/b.png',
    '/etc/passwd',
    'cat.png',
    'https://example.org/a.png and more',
    'ftp://example.org/a.png',
    '<p>words about <svg> elements</p>',
    `/${'a'.repeat(5000)}.png`,
    ''
  ])('leaves other text alone: %j', (text) => {
    expect(() => asked({ text })).toThrow('There is no picture on the clipboard.')
  })

  it('fetches the address in copied HTML only when the user allows it', () => {
    const copied = { imageAddress: webAddress }
    expect(asked(copied, true)).toEqual({ kind: 'address', url: webAddress })
    expect(() => asked(copied)).toThrow("Only the picture's address was copied.")
  })

  it('refuses files on servers, and takes the local ones beside them', () => {
    expect(() => asked({ text: '\\\\server\\share\\a.png' })).toThrow('This picture is on a network share.')
    expect(() => asked({ files: ['//server/share/a.png'], text: 'a.png' })).toThrow(
      'This picture is on a network share.'
    )
    expect(asked({ files: ['//server/a.png', '/b.png'] })).toEqual({ kind: 'files', places: ['/b.png'] })
  })

  it('leaves what is marked private alone', () => {
    expect(() => asked({ picture: bytes, isConcealed: true })).toThrow('The clipboard is marked private.')
  })
})

describe('by itself', () => {
  it('takes a picture without text, a data: image, and copied pictures on this computer', () => {
    expect(watched({ picture: bytes })).toEqual(picture)
    expect(watched({ imageAddress: dataAddress })).toEqual(picture)
    expect(watched({ files: ['/a.png', '//server/b.png', '/c.pdf', '/d.jpeg'], text: 'a.png' })).toEqual({
      kind: 'files',
      places: ['/a.png', '/d.jpeg']
    })
  })

  it.each([
    ['a picture with text beside it', { picture: bytes, text: '1\t2' }],
    ['a concealed one', { picture: bytes, isConcealed: true }],
    ['a copied path', { text: '/a.png' }],
    ['a copied file: address', { text: 'file:///a.png' }],
    ['a copied web address', { text: webAddress }],
    ['the web address of a copied picture', { imageAddress: webAddress }],
    ['a file on a server', { files: ['\\\\server\\share\\a.png'] }],
    ['SVG source', { text: '<svg/>' }]
  ])('never takes %s', (_what, parts) => expect(watched(parts)).toBeNull())
})

describe('places on a server', () => {
  it.each([
    '\\\\server\\share\\a.png',
    '//server/share/a.png',
    '\\/server/share/a.png',
    '\\\\server@SSL\\DavWWWRoot\\a.png',
    '\\\\server@SSL@8443\\a.png',
    '\\\\?\\UNC\\server\\share\\a.png',
    '//?/UNC/server/a.png',
    '\\\\.\\pipe\\a.png',
    'file://server/share/a.png',
    'file:////server/share/a.png',
    'FILE:\\\\server\\share\\a.png',
    '\\??\\UNC\\server\\share\\a.png',
    'file:///%5C%5Cserver/share/a.png',
    'file:///\\\\server\\share\\a.png'
  ])('%s', (place) => expect(isNetworkPlace(place)).toBe(true))

  it.each(['/home/a.png', 'C:\\a.png', '\\\\?\\C:\\a.png', 'file:///home/a.png', 'file://localhost/a.png', '~/a.png'])(
    'not %s',
    (place) => expect(isNetworkPlace(place)).toBe(false)
  )
})

describe('data: addresses', () => {
  it.each([
    ['data:image/svg+xml,%3Csvg%2F%3E', '<svg/>'],
    ['data:image/svg+xml;charset=utf-8,<svg/>', '<svg/>'],
    ['data:image/png;base64,YQ%3D%3D', 'a']
  ])('%s', (address, text) => expect(new TextDecoder().decode(dataImage(address) ?? undefined)).toBe(text))

  it.each(['data:text/html,<p>', 'data:image/png;base64,%%%', 'data:image/png', 'https://example.org/,'])(
    'none: %s',
    (address) => expect(dataImage(address)).toBeNull()
  )
})
