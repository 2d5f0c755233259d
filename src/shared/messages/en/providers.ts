/** Providers, models, keys and cost. */
export const providerMessages = {
  'providers.openai.start':
    'Create an API key at https://platform.openai.com/api-keys, and add credit on the billing page.',
  'providers.openai.privacy':
    'Pictures are sent to OpenAI, which does not train on them and deletes them after 30 days unless you agreed otherwise.',
  'providers.azure.start':
    'Find the resource name and key under Keys and Endpoint at https://portal.azure.com. The model is the name of your deployment.',
  'providers.azure.privacy': 'Pictures are sent to your Azure resource, in the region you chose for it.',
  'providers.gemini.start': 'Create an API key at https://aistudio.google.com/apikey.',
  'providers.gemini.privacy':
    'Pictures are sent to Google. Without billing, Google may use them to improve its products.',
  'providers.anthropic.start':
    'Create an API key at https://platform.claude.com/settings/keys, and add credit on the billing page.',
  'providers.anthropic.privacy':
    'Pictures are sent to Anthropic, which does not train on them unless you agreed otherwise.',
  'providers.openrouter.start': 'Create an API key at https://openrouter.ai/keys, and add credit on the credits page.',
  'providers.openrouter.privacy':
    'Pictures are sent to OpenRouter, which passes them to the company that runs the model. Each has its own rules.',
  'providers.ollama.start': 'Install Ollama from https://ollama.com, then run: ollama pull gemma3',
  'providers.ollama.privacy': "Pictures stay on this computer, unless the model's name ends in cloud.",
  'providers.lm-studio.start':
    'Install LM Studio from https://lmstudio.ai, load a model with vision, and start its local server.',
  'providers.lm-studio.privacy': 'Pictures stay on this computer.',
  'providers.llama-cpp.start': 'Run: llama-server -hf ggml-org/gemma-3-4b-it-GGUF',
  'providers.llama-cpp.privacy': 'Pictures stay on this computer.',
  'providers.custom.name': 'Another address',
  'providers.custom.start':
    'Enter the address of any server that is compatible with OpenAI Chat Completions, up to and including /v1.',
  'providers.custom.privacy': 'Pictures are sent to the address you enter. Ask its owner what happens to them.',

  'providers.not-encrypted': 'This address is not encrypted, so the key was not sent.',
  'providers.not-encrypted.next': 'Use an https address.',
  'providers.not-encrypted-outside': 'This address is not encrypted and outside your network.',
  'providers.not-encrypted-outside.next': 'Use an https address.',
  'providers.certificates-unchecked': 'NODE_TLS_REJECT_UNAUTHORIZED turns off certificate checks.',
  'providers.certificates-unchecked.next': 'Unset it, then start Descry again.',
  'providers.check-network': 'Check your network, and the address in Settings.',
  'providers.check-running': 'Check that it is running, and its address in Settings.',
  'providers.bad-certificate': "The provider's certificate is not valid.",
  'providers.bad-certificate.next': "Sign in to the network, or check your computer's clock.",
  'providers.web-page': 'A web page answered instead of the provider.',
  'providers.web-page.next': 'Sign in to the network, or check the address.',
  'providers.not-a-provider': 'The server at this address is not a vision provider.',
  'providers.not-a-provider.next': 'Check the address in Settings.',
  'providers.nothing-here': 'There is no vision provider at this address.',
  'providers.nothing-here.next': 'Check it in Settings; most end in /v1.',
  'providers.no-deployment': 'Azure has no deployment with this name.',
  'providers.no-deployment.next': "Enter your deployment's name as the model.",
  'providers.key-not-allowed': 'Your key does not have permission for this.',
  'providers.key-not-allowed.next': "Check the key's permissions with the provider.",
  'providers.no-vision': 'This model cannot see pictures.',
  'providers.no-vision.next': 'Choose a model with vision in Settings.',
  'providers.context-too-small': 'The picture is too large for this model.',
  'providers.context-too-small.next': 'Choose Brief, or increase its context size.',
  'providers.model-loading': 'The model is still loading.',
  'providers.model-loading.next': 'Try again in a moment.',
  'providers.no-memory': 'The server does not have enough memory for this model.',
  'providers.no-memory.next': 'Choose a smaller model, or close other programs.',
  'providers.rejected': 'The provider did not accept the request.',
  'providers.rejected.next': 'Try another model, or check the address.',
  'providers.no-answer': 'The model returned no answer.',
  'providers.no-answer.next': 'Choose another model in Settings.',
  'providers.no-batches': 'This provider does not support batches.',
  'providers.no-batches.next': 'Run it without --api batch, at full price.',
  'providers.batch-expired': 'The batch expired before this picture was described.',
  'providers.batch-expired.next': 'Run the same command again.',
  'providers.batch-rejected': 'The provider did not accept the batch.',
  'providers.batch-rejected-because': 'The provider did not accept the batch. { $reasons }',

  'providers.spent': 'Spent { $today } today and { $month } this month.',
  'providers.spent-of-limit': 'Spent { $today } today and { $month } this month, of { $limit }.',
  'providers.unpriced-answers': `{ $count ->
    [one] The price of 1 answer is not known.
   *[other] The prices of { $count } answers are not known.
  }`,
  'providers.amount.nothing': 'nothing',
  'providers.amount.less-than-a-tenth-of-a-cent': 'less than 0.1 cents',
  'providers.amount.cents': `{ $amount ->
    [one] { $amount } cent
   *[other] { $amount } cents
  }`,
  'providers.amount.dollars': `{ $amount ->
    [one] { $amount } dollar
   *[other] { $amount } dollars
  }`
} as const
