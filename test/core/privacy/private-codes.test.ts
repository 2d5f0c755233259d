import { expect, test } from 'vitest'
import { privateKindOfCode } from '#core/privacy/private-codes.ts'

const kindOf = (text: string): string | null => privateKindOfCode({ format: 'QRCode', text })

test.each([
  'WIFI:T:WPA;S:Cafe;P:latte2024;;',
  'otpauth://totp/Example:ada@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Example',
  'otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SEEV4YW1wbGU',
  'sgnl://linkdevice?uuid=Ab12Cd34&pub_key=BQxyz123',
  'tg://login?token=AQEAAHBhc3N3b3JkMTIz',
  'https://discord.com/ra/T3ZVKYDbBR4rBT9yJFKH',
  '2@Ab12Cd34Ef56Gh78Ij90Kl12Mn34,abcd=,efgh=',
  'https://shop.example/login?token=T3ZVKYDbBR4rBT9yJFKH2m0A',
  'https://shop.example/magic/T3ZVKYDbBR4rBT9yJFKH2m0A',
  'BCD\n002\n1\nSCT\nCOBADEFFXXX\nAda Lovelace\nDE43373376703673637300\nEUR12.30',
  'SPC\n0200\n1\nCH3476249552619292453\nS\nAda Lovelace',
  '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000',
  'upi://pay?pa=ada@bank&pn=Ada&am=10',
  'bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?amount=0.1',
  'M1LOVELACE/ADA        EABC123 FRAJFKLH 0400 345Y014A0023 100',
  'LPA:1$smdp.example$T3ZVKYDbBR4r',
  'MT:Y.K9042C00KA0648G00',
  'HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE$VK',
  'IBAN DE43 3733 7670 3673 6373 00'
])('takes %j for private', (text) => expect(kindOf(text)).toBe('login-code'))

test.each([
  'https://example.com/menu',
  'https://example.com/product/482913?lang=en&page=2',
  'WIFI:T:nopass;S:Cafe;;',
  'WIFI:T:WPA;S:Cafe;P:;;',
  '4006381333931',
  'tel:+4930123456',
  'mailto:ada@example.com',
  'BEGIN:VCARD\nFN:Ada Lovelace\nTEL:+4930123456\nEND:VCARD',
  'BEGIN:VEVENT\nSUMMARY:Concert\nEND:VEVENT',
  'geo:52.52,13.40',
  'Table 12',
  'Bank holiday hours: 9 to 12',
  ''
])('takes %j for public', (text) => expect(kindOf(text)).toBeNull())
