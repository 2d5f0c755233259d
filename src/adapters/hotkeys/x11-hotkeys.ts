import { connectX11, request, words } from '../linux/x11-connection.ts'
import { readKeyboard, type Keyboard } from './x11-keyboard.ts'
import type { GlobalHotkeys, HoldResult } from '#core/ports/hotkeys.ts'
import { parseAccelerator, type Keys } from '#shared/accelerators.ts'

// X11 protocol: https://www.x.org/releases/current/doc/xproto/x11protocol.html
const grabKey = 33
const ungrabKey = 34
const getInputFocus = 43
const keyPress = 2
const keyRelease = 3
const mappingNotify = 34
const async = 1

interface Grab {
  keys: Keys
  keycode: number
  modifiers: number
  press: () => void
}

/**
 * Hotkeys of an X11 desktop, grabbed over the X server's own socket: Chromium leaves Super out of the keys that it grabs
 * (docs/decisions/0090). A keyboard layout that changes later is followed.
 */
export function createX11Hotkeys(env: NodeJS.ProcessEnv): GlobalHotkeys & { close(): void } {
  const grabs = new Map<string, Grab>()
  let client: Promise<Client> | null = null
  let last: Promise<unknown> = Promise.resolve()

  const onPress = (keycode: number, modifiers: number): void => {
    for (const grab of grabs.values()) if (grab.keycode === keycode && grab.modifiers === modifiers) grab.press()
  }

  async function onNewLayout(x: Client): Promise<void> {
    const before = [...grabs]
    for (const [, grab] of before) x.ungrab(grab)
    grabs.clear()
    for (const [accelerator, { keys, press }] of before) await grabWith(x, accelerator, keys, press)
  }

  async function grabWith(x: Client, accelerator: string, keys: Keys, press: () => void): Promise<HoldResult> {
    const place = x.keyboard().find(keys)
    if (!place) return 'impossible'
    const grab = { keys, press, ...place }
    if (!(await x.grab(grab))) return 'taken'
    grabs.set(accelerator, grab)
    return 'held'
  }

  /** One thing after the other: the server answers refusals in order. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }

  return {
    hold(accelerator, press) {
      const keys = parseAccelerator(accelerator)
      if (!keys) return Promise.resolve('unreadable')
      return inTurn(async () => {
        client ??= openClient(env, onPress, (x) => void inTurn(() => onNewLayout(x)))
        client.catch(() => (client = null))
        return grabWith(await client, accelerator, keys, press)
      }).catch(() => 'impossible' as const)
    },
    release(accelerator) {
      void inTurn(async () => {
        const grab = grabs.get(accelerator)
        grabs.delete(accelerator)
        if (grab) (await client)?.ungrab(grab)
      }).catch(() => undefined)
    },
    close: () => void client?.then((x) => x.close()).catch(() => undefined)
  }
}

interface Client {
  keyboard(): Keyboard
  /** False when another program has the keys. */
  grab(grab: Grab): Promise<boolean>
  ungrab(grab: Grab): void
  close(): void
}

/** @param onPress is given the keycode and the modifiers that were held, without locks. */
async function openClient(
  env: NodeJS.ProcessEnv,
  onPress: (keycode: number, modifiers: number) => void,
  onNewLayout: (client: Client) => void
): Promise<Client> {
  const x = await connectX11(env)
  let keyboard = await readKeyboard((question) => {
    x.send(question)
    return x.reply()
  })
  const waiting: ((answer: Buffer) => void)[] = []
  const ask = (question: Buffer): Promise<Buffer> =>
    new Promise((resolve) => {
      waiting.push(resolve)
      x.send(question)
    })
  let wasRefused = false

  const client: Client = {
    keyboard: () => keyboard,
    async grab({ keycode, modifiers }) {
      wasRefused = false
      for (const locks of keyboard.lockCombinations) x.send(grabRequest(x.root, keycode, modifiers | locks))
      // Its answer comes after the refusals, if there are any.
      await ask(request(getInputFocus, 0, Buffer.alloc(0)))
      if (wasRefused) client.ungrab({ keycode, modifiers } as Grab)
      return !wasRefused
    },
    ungrab({ keycode, modifiers }) {
      for (const locks of keyboard.lockCombinations) x.send(ungrabRequest(x.root, keycode, modifiers | locks))
    },
    close: () => x.close()
  }

  async function followLayout(): Promise<void> {
    keyboard = await readKeyboard(ask)
    onNewLayout(client)
  }

  async function listen(): Promise<never> {
    let lastRelease = ''
    for (;;) {
      const message = await x.event()
      const type = message.readUInt8(0) & 0x7f
      if (type === 0) wasRefused = true
      else if (type === 1) waiting.shift()?.(message)
      else if (type === keyPress || type === keyRelease) {
        const keycode = message.readUInt8(1)
        // A key held down repeats: it is released and pressed at the same instant.
        const instant = `${keycode} ${message.readUInt32LE(4)}`
        if (type === keyRelease) lastRelease = instant
        else if (instant !== lastRelease) onPress(keycode, keyboard.withoutLocks(message.readUInt16LE(28)))
      } else if (type === mappingNotify) {
        void followLayout()
      }
    }
  }
  // The end of the X server is the end of every program on it.
  void listen().catch(() => x.close())
  return client
}

function grabRequest(root: number, keycode: number, modifiers: number): Buffer {
  const body = Buffer.alloc(12)
  words(root).copy(body)
  body.writeUInt16LE(modifiers, 4)
  body.writeUInt8(keycode, 6)
  body.writeUInt8(async, 7)
  body.writeUInt8(async, 8)
  return request(grabKey, 0, body)
}

function ungrabRequest(root: number, keycode: number, modifiers: number): Buffer {
  const body = Buffer.alloc(8)
  words(root).copy(body)
  body.writeUInt16LE(modifiers, 4)
  return request(ungrabKey, keycode, body)
}
