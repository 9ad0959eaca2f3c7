import os
from haystack.components.generators.chat import OpenAIChatGenerator
from haystack.dataclasses import ChatMessage

generator = OpenAIChatGenerator(model=os.environ["OPENAI_MODEL"], max_retries=0)
answer = generator.run([ChatMessage.from_user("ping")])
assert generator.client.timeout == float(os.environ["OPENAI_TIMEOUT"]), generator.client.timeout
print(answer["replies"][0].text)
