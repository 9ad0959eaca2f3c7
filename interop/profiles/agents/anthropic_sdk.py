import os
from anthropic import Anthropic

answer = Anthropic(max_retries=0).messages.create(
    model=os.environ["ANTHROPIC_MODEL"], max_tokens=16, messages=[{"role": "user", "content": "ping"}])
print(answer.content[0].text)
