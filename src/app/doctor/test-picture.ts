/** What the test picture says, in letters and as a QR code. */
export const testWords = 'Descry 247'
export const testCode = 'Descry works'

/** PNG of 400x130 pixels, drawn once, so that no font is needed here. */
export function testPicture(): Uint8Array {
  return Buffer.from(base64, 'base64')
}

const base64 =
  'iVBORw0KGgoAAAANSUhEUgAAAZAAAACCAQAAAABAraNFAAACf0lEQVRYw+3YwWrcMBAAUJk96FLqT1A+oR9Q0KE/5UPpGPagY37J' +
  'yx76Gza9F4VcFBCazoxs1slaBkNosouXgALxWzQzmrGIws0ftZOd7GQnH0uCUqpRTUML3DwBDA20DfBvt04odhINL/dAOPZ7IdDC' +
  'fRA+jy4vn5t0PAPefvoDYtKoVD2Ni2Y2LjqlF0aiWifVEgGMK2QhoENvV8gJu+tgTDAYaMPJTCnQszF+Qm+vCESD3pVJMNc7o2ef' +
  'iMQCictkYGKXSaoXSI3niYRGtzoAlbOFC2kNdpoKGL9/segy+U1rKBDUicqpDthW8RuROm/MOTkrBRLVIRFRVXz4aibySMQXSTDH' +
  'aJ6TfomHv0ZCo5TUTCQwepImnw5TixFxHgYKNNb0k2qpRTTJrBP0EfibSWUSbLJE+iLphVB6eD+SWA+RyVAkAxHL6SHiJgIT4WOp' +
  'KQcO2zkJI6GqSGJ7aUT+Y5n81CM5C6HDyiU9F0mv1C8Fc3LEJybHEtFEQNUjkcRqCoOIG8cFPUy11A5fkU5nMvh8xP6sE05MrEYy' +
  '5OJTg1vUBZJqyeUpEz9IJTOp18kwI3QcZ0TplhOgnbt0pRA/krOUBTm+VCLB9JlYJuEHjiV047RYIN5KW3g+ljZ3+TGTWCIdeJte' +
  'cODDLxMPc6bcZVpwm7mgw2VaBkOBnLjFRiJjcoVUGJUKuZFtnjcjCSWi+RHaMI+LNwQKhNaOhozhoWRzll4RGeOa37KwfLVOZvEG' +
  '+84k2vcgINHnDlsiATaTfjtRuJlUhWsPlVJe90sv4+0EP5DQRYGGhbsX0oDD2ydyHeWX68Yb7GckMi6IlMbFDZH9vz072clO/hf5' +
  'BxyjcHNr5yg1AAAAAElFTkSuQmCC'
