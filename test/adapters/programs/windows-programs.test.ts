import { expect, it } from 'vitest'
import { windowsProgram } from '#adapters/programs/windows-programs.ts'

it("names Windows' own programs in full", () => {
  expect(windowsProgram('reg.exe', { SystemRoot: 'D:\\WINNT' })).toBe('D:\\WINNT\\System32\\reg.exe')
  expect(windowsProgram('reg.exe', {})).toBe('C:\\Windows\\System32\\reg.exe')
})
