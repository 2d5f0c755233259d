import { expect, test } from 'vitest'
import { isAzure, providerAddress } from '#shared/addresses.ts'
import { settingsSchema } from '#shared/settings.ts'

test.each([
  ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
  ['https://API.openai.com:443/v1//', 'https://api.openai.com/v1'],
  ['http://name:secret@127.0.0.1:1234/v1/?key=secret#part', 'http://127.0.0.1:1234/v1'],
  ['http://127.0.0.1:11434/v1/chat/completions/', 'http://127.0.0.1:11434/v1'],
  ['https://gateway.example/chat/completions', 'https://gateway.example'],
  ['https://gateway.example/chat/v1', 'https://gateway.example/chat/v1'],
  ['https://me.openai.azure.com/', 'https://me.openai.azure.com/openai/v1'],
  [
    'https://me.cognitiveservices.azure.us/openai/deployments/mini/chat/completions?api-version=2024-10-21',
    'https://me.cognitiveservices.azure.us/openai/v1'
  ]
])('turns %s into %s, in the settings too', (typed, address) => {
  expect(providerAddress(typed)).toBe(address)
  expect(providerAddress(address)).toBe(address)
  const other = { baseUrl: typed, model: 'x' }
  const settings = settingsSchema.parse({ baseUrl: typed, sendingAllowedTo: typed, fallback: other })
  expect([settings.baseUrl, settings.sendingAllowedTo, settings.fallback?.baseUrl]).toEqual([address, address, address])
})

test.each(['nonsense', 'file:///etc/passwd', '127.0.0.1:1234/v1', ''])(
  'refuses %j as an address in the settings',
  (typed) => {
    expect(settingsSchema.safeParse({ baseUrl: typed }).success).toBe(false)
  }
)

test.each([
  ['https://me.openai.azure.com/openai/v1', true],
  ['https://me.services.ai.azure.com/openai/v1', true],
  ['https://me.openai.azure.cn/openai/v1', true],
  ['https://openai.azure.com.example.org/v1', false],
  ['https://evil-openai.azure.com/v1', false],
  ['nonsense', false]
])('knows whether %s is Azure: %j', (address, is) => {
  expect(isAzure(address)).toBe(is)
})
