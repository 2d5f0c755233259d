import { createCanvas } from '@napi-rs/canvas'
import type { CodeReader, ReadText, TextReader } from '#core/ports/pictures.ts'
import type { Item } from '#shared/bridge.ts'
import type { CommandId } from '#shared/commands.ts'
import { font } from '#test/fonts.ts'
import type { ReceivedRequest } from '#test/model-server.ts'
import { until } from '#test/process.ts'
import type { RunningApp } from '#test/running-app.ts'

/** For tests in which no word is to be checked: real OCR takes a second. */
export const readsNothing: TextReader = readerOf(Promise.resolve({ text: '', words: [] }))

export const readsNoCodes: CodeReader = { read: () => Promise.resolve([]) }

/** @param read when, and what, it has read in whatever picture. */
export function readerOf(read: Promise<ReadText>): TextReader {
  return { read: () => read, close: () => Promise.resolve() }
}

const baselinePx = (line: number): number => 90 + line * 64

/** A white 1200x400 PNG with these lines in large letters. */
export function textPicture(lines: string[]): Promise<Uint8Array> {
  const canvas = createCanvas(1200, 400)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, 1200, 400)
  context.fillStyle = '#111111'
  context.font = font(40)
  for (const [index, line] of lines.entries()) context.fillText(line, 60, baselinePx(index))
  return canvas.encode('png')
}

/** What a faultless OCR reads in that picture. */
export function textIn(lines: string[]): ReadText {
  const context = createCanvas(1, 1).getContext('2d')
  context.font = font(40)
  const words = lines.flatMap((line, index) =>
    [...line.matchAll(/\S+/gu)].map(({ 0: text, index: at }) => {
      const x = 60 + context.measureText(line.slice(0, at)).width
      const box = { x, y: baselinePx(index) - 30, width: context.measureText(text).width, height: 30 }
      return { text, confidence: 95, box }
    })
  )
  return { text: lines.join('\n'), words }
}

/** As when the user drops it into the window; it is described at once. */
export async function openPicture({ app }: RunningApp, bytes: Uint8Array, name = 'a.png'): Promise<string> {
  return (await app.handlers['open-file']({ name, bytes })).itemId
}

export function itemWhen(
  running: RunningApp,
  itemId: string,
  test: (item: Item) => boolean = ({ state }) => state !== 'waiting' && state !== 'describing'
): Promise<Item> {
  const find = async (): Promise<Item | null> => {
    const item = (await running.items()).find(({ id }) => id === itemId)
    return item && test(item) ? item : null
  }
  return until(find, { what: 'the item' })
}

/** Opens it and waits until it has been described, failed or stopped. */
export async function describePicture(running: RunningApp, bytes: Uint8Array, name?: string): Promise<Item> {
  return itemWhen(running, await openPicture(running, bytes, name))
}

/** Runs a command and waits until the item that it brings is over; null when it brings none. */
export async function command(running: RunningApp, id: CommandId, input: unknown = {}): Promise<Item | null> {
  const reply = await running.app.run(id, input, 'socket')
  if (!reply.ok) throw new Error(reply.error.message)
  const value = reply.value as { itemId?: string } | null
  return value?.itemId === undefined ? null : itemWhen(running, value.itemId)
}

/** Waits until this was said, whole, in our own voice. */
export async function said(running: RunningApp, text: string): Promise<void> {
  await until(() => running.voice.texts.includes(text), { what: `"${text}" in ${JSON.stringify(running.voice.texts)}` })
}

/** The words of a request's messages after the instructions, by role. */
export function turnsOf(request: ReceivedRequest | undefined): [role: string, text: string][] {
  type Message = { role: string; content: string | { text?: string }[] }
  const messages = (request?.body?.messages ?? []) as Message[]
  return messages
    .slice(1)
    .map(({ role, content }) => [
      role,
      typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('')
    ])
}
