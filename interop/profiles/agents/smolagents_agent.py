import os
from smolagents import OpenAIModel

print(OpenAIModel(model_id=os.environ["OPENAI_MODEL"], api_key=os.environ["OPENAI_API_KEY"]).generate(
    [{"role": "user", "content": [{"type": "text", "text": "ping"}]}]).content)
