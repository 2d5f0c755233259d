import { request } from '../linux/x11-connection.ts'
import type { Keys, Modifier } from '#shared/accelerators.ts'

const getKeyboardMapping = 101
const getModifierMapping = 119
/** XKB's keycodes, on every X server of this century. */
const firstKeycode = 8
const keycodeCount = 248

/** Bits of a modifier mask, in the protocol's order; which keys the last five stand for differs. */
const shift = 1
const capsLock = 2
const control = 4
const usualAlt = 8
const usualSuper = 64
const usualAltGr = 128

/** X11's numbers for keys: https://www.x.org/releases/current/doc/xproto/x11protocol.html#keysym_encoding */
const keysyms: Record<string, number> = {
  SPACE: 0x20,
  PLUS: 0x2b,
  BACKSPACE: 0xff08,
  TAB: 0xff09,
  RETURN: 0xff0d,
  ESCAPE: 0xff1b,
  HOME: 0xff50,
  LEFT: 0xff51,
  UP: 0xff52,
  RIGHT: 0xff53,
  DOWN: 0xff54,
  PAGEUP: 0xff55,
  PAGEDOWN: 0xff56,
  END: 0xff57,
  PRINTSCREEN: 0xff61,
  INSERT: 0xff63,
  DELETE: 0xffff
}
const numLockKey = 0xff7f
const scrollLockKey = 0xff14
const altKey = 0xffe9
const superKey = 0xffeb
const altGrKey = 0xfe03

/** What the keys of the present layout are. */
export interface Keyboard {
  /** Where keys are; null when this keyboard lacks one. `modifiers` is a mask. */
  find(keys: Keys): { keycode: number; modifiers: number } | null
  /** Masks of Caps Lock, Num Lock and Scroll Lock in each combination: keys are grabbed with each, and work whatever is locked. */
  lockCombinations: readonly number[]
  /** A mask without locks, mouse buttons and the number of the layout. */
  withoutLocks(modifiers: number): number
}

/** @param ask sends a request and gives its answer. */
export async function readKeyboard(ask: (question: Buffer) => Promise<Buffer>): Promise<Keyboard> {
  const range = Buffer.from([firstKeycode, keycodeCount, 0, 0])
  const mapping = await ask(request(getKeyboardMapping, 0, range))
  const perKey = mapping.readUInt8(1)
  const keysymAt = (keycode: number, column: number): number =>
    mapping.readUInt32LE(32 + ((keycode - firstKeycode) * perKey + column) * 4)

  /** The first column first: a letter's own key comes before one that types it with AltGr or in a second layout. */
  function keycodeOf(keysym: number): number | null {
    for (let column = 0; column < perKey; column += 1)
      for (let keycode = firstKeycode; keycode < firstKeycode + keycodeCount; keycode += 1)
        if (keysymAt(keycode, column) === keysym) return keycode
    return null
  }

  const held = await ask(request(getModifierMapping, 0, Buffer.alloc(0)))
  const perModifier = held.readUInt8(1)
  /** The mask that a key sets while it is held or locked; 0 for one that sets none. */
  function maskOf(keysym: number): number {
    for (let bit = 0; bit < 8; bit += 1) {
      const keycodes = held.subarray(32 + bit * perModifier, 32 + (bit + 1) * perModifier)
      for (const keycode of keycodes) {
        if (keycode < firstKeycode) continue
        for (let column = 0; column < perKey; column += 1) if (keysymAt(keycode, column) === keysym) return 1 << bit
      }
    }
    return 0
  }

  const masks: Record<Modifier, number> = {
    Shift: shift,
    Control: control,
    Alt: maskOf(altKey) || usualAlt,
    Super: maskOf(superKey) || usualSuper,
    AltGr: maskOf(altGrKey) || usualAltGr
  }
  const [numLock, scrollLock] = [maskOf(numLockKey), maskOf(scrollLockKey)]
  const locks = capsLock | numLock | scrollLock
  const lockCombinations = new Set(
    [0, 1, 2, 3, 4, 5, 6, 7].map(
      (set) => (set & 1 ? capsLock : 0) | (set & 2 ? numLock : 0) | (set & 4 ? scrollLock : 0)
    )
  )
  return {
    find({ modifiers, key }) {
      const keysym = keysymOf(key)
      const keycode = keysym === null ? null : keycodeOf(keysym)
      if (keycode === null) return null
      return { keycode, modifiers: modifiers.reduce((mask, name) => mask | masks[name], 0) }
    },
    lockCombinations: [...lockCombinations],
    withoutLocks: (modifiers) => modifiers & 0xff & ~locks
  }
}

function keysymOf(key: string): number | null {
  const fKey = /^F(\d+)$/u.exec(key)
  if (fKey) return 0xffbd + Number(fKey[1])
  if (key.length === 1) return key.toLowerCase().charCodeAt(0)
  return keysyms[key] ?? null
}
